package org.mekong.system.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server and passes bytes on, or fails as it is told. What it is told holds for
 * connections that are open, too. It looks at no byte: TLS passes through.
 */
public final class FaultProxy implements AutoCloseable {

  private static final int CHUNK = 4096;

  /** How it fails. */
  public enum Fault {
    /** It does not. */
    NONE,
    /** Bytes arrive late. */
    DELAY,
    /** Bytes arrive one small piece at a time. */
    SLOW,
    /** Connections are taken and nothing arrives, either way. */
    BLACKHOLE,
    /** What is asked arrives, and what is answered does not. */
    HALF_OPEN,
    /** Connections are reset as soon as a byte passes. */
    CUT,
    /** The answer's first byte resets the connection: the question has arrived. */
    CUT_ANSWERS,
    /** New connections are closed at once; those that are open go on. */
    DROP
  }

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;

  private FaultProxy(int target, ServerSocket server) {
    this.target = target;
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param port where it listens; 0 for any
   * @param target port on this machine where it passes bytes on to
   */
  public static FaultProxy start(int port, int target) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    FaultProxy proxy = new FaultProxy(target, server);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Fails like this from now on. */
  public void fail(Fault newFault) {
    fault = newFault;
  }

  /**
   * Passes everything on again; connections that were failed are closed, for they are not whole.
   */
  public void heal() {
    Fault before = fault;
    fault = Fault.NONE;
    if (before == Fault.BLACKHOLE || before == Fault.HALF_OPEN) {
      open.forEach(this::reset);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (fault == Fault.DROP) {
          reset(client);
        } else {
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException e) {
        // closed, or one connection less
      }
    }
  }

  private void connect(Socket client) {
    open.add(client);
    try {
      Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(behind);
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(client, behind, true));
      pass(behind, client, false);
    } catch (IOException e) {
      reset(client);
    }
  }

  private void pass(Socket from, Socket to, boolean asking) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(chunk);
      while (read >= 0) {
        write(out, chunk, read, asking);
        read = in.read(chunk);
      }
    } catch (IOException e) {
      // closed by either side, or cut
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      reset(to);
    }
  }

  private void write(OutputStream out, byte[] chunk, int length, boolean asking)
      throws IOException, InterruptedException {
    switch (fault) {
      case NONE, DROP -> {
        // as it came
      }
      case DELAY -> Thread.sleep(150);
      case SLOW -> {
        trickle(out, chunk, length);
        return;
      }
      case BLACKHOLE -> {
        return;
      }
      case HALF_OPEN -> {
        if (!asking) {
          return;
        }
      }
      case CUT -> throw new IOException("cut");
      case CUT_ANSWERS -> {
        if (!asking) {
          throw new IOException("cut");
        }
      }
    }
    out.write(chunk, 0, length);
    out.flush();
  }

  private void trickle(OutputStream out, byte[] chunk, int length)
      throws IOException, InterruptedException {
    int piece = 64;
    for (int at = 0; at < length; at += piece) {
      if (fault == Fault.SLOW) {
        Thread.sleep(20);
      }
      out.write(chunk, at, Math.min(piece, length - at));
      out.flush();
    }
  }

  private void reset(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed already
    }
    try {
      socket.close();
    } catch (IOException e) {
      // closed already
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(this::reset);
  }
}
