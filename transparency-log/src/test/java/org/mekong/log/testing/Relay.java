package org.mekong.log.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wire between a client and a server that counts round trips, and can be cut. A round trip is
 * whatever the client sends until the server answers, in one packet or many.
 */
public final class Relay implements AutoCloseable {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int BUFFER = 64 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicInteger untilCut = new AtomicInteger(NEVER);

  private Relay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** A relay to a port of this machine. */
  public static Relay to(int port) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Relay relay = new Relay(listener, port);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Round trips of all connections so far. */
  public long roundTrips() {
    return roundTrips.get();
  }

  /** Cuts every connection before so many round trips more have begun; new connections stand. */
  public void cutAfter(int trips) {
    untilCut.set(trips);
  }

  /** Lets everything pass again. Says whether the wire had been cut. */
  public boolean mend() {
    return untilCut.getAndSet(NEVER) <= 0;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        AtomicInteger asking = new AtomicInteger();
        Thread.ofVirtual().start(() -> pump(client, server, asking, true));
        Thread.ofVirtual().start(() -> pump(server, client, asking, false));
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void pump(Socket from, Socket to, AtomicInteger asking, boolean asks) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (asks && asking.compareAndSet(0, 1)) {
          roundTrips.incrementAndGet();
          if (untilCut.get() != NEVER && untilCut.getAndDecrement() <= 0) {
            cut();
            return;
          }
        } else if (!asks) {
          asking.set(0);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException closed) {
      // one of the two has gone, and takes the other along
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void cut() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException gone) {
        // as it should be
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
