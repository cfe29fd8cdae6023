package org.mekong.system.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.system.fault.FaultProxy.Fault;

/** The proxy passes on what it is not told to fail, and fails as it is told. */
class FaultProxyTest {

  private ServerSocket echo;
  private FaultProxy proxy;
  private final AtomicInteger heard = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    proxy = FaultProxy.start(0, echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket client = echo.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void echo(Socket client) {
    try (client) {
      int read = client.getInputStream().read();
      while (read >= 0) {
        heard.incrementAndGet();
        client.getOutputStream().write(read);
        read = client.getInputStream().read();
      }
    } catch (IOException e) {
      // cut
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(400);
    return socket;
  }

  private static int ask(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    return socket.getInputStream().read();
  }

  @Test
  void bytesPass() throws IOException {
    try (Socket socket = connect()) {
      assertEquals(7, ask(socket, 7));
      proxy.fail(Fault.SLOW);
      assertEquals(8, ask(socket, 8));
      proxy.fail(Fault.DELAY);
      socket.setSoTimeout(2_000);
      assertEquals(9, ask(socket, 9));
    }
  }

  @Test
  void ofABlackholeNothingComesBackAndNothingIsHeard() throws IOException {
    try (Socket socket = connect()) {
      assertEquals(1, ask(socket, 1));
      proxy.fail(Fault.BLACKHOLE);
      assertThrows(SocketTimeoutException.class, () -> ask(socket, 2));
      assertEquals(1, heard.get());
    }
    proxy.heal();
    try (Socket socket = connect()) {
      assertEquals(3, ask(socket, 3));
    }
  }

  @Test
  void halfOpenTheQuestionIsHeardAndTheAnswerIsNot() throws IOException {
    try (Socket socket = connect()) {
      proxy.fail(Fault.HALF_OPEN);
      assertThrows(SocketTimeoutException.class, () -> ask(socket, 2));
      assertEquals(1, heard.get());
    }
  }

  @Test
  void aCutEndsConnections() throws IOException {
    for (Fault fault : new Fault[] {Fault.CUT, Fault.CUT_ANSWERS}) {
      proxy.heal();
      try (Socket socket = connect()) {
        assertEquals(1, ask(socket, 1));
        proxy.fail(fault);
        assertEquals(-1, endOf(socket));
      }
    }
    assertEquals(3, heard.get());
  }

  @Test
  void droppedAreNewConnectionsAlone() throws IOException {
    try (Socket old = connect()) {
      assertEquals(1, ask(old, 1));
      proxy.fail(Fault.DROP);
      assertEquals(2, ask(old, 2));
      try (Socket socket = connect()) {
        assertEquals(-1, endOf(socket));
      }
    }
  }

  /** -1 where the connection ends, in whichever way. */
  private static int endOf(Socket socket) throws IOException {
    try {
      return ask(socket, 5);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return -1;
    }
  }
}
