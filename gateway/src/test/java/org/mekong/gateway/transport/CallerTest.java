package org.mekong.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.transport.TransportException.Fault;

/** What is said of a server that ends the handshake. */
class CallerTest {
  private static final byte[] BAD_CERTIFICATE = HexFormat.of().parseHex("1503030002022a");

  /** What a server does with a connection after the first bytes of the handshake. */
  private interface Manner {
    void meet(Socket client) throws IOException;
  }

  private static Fault faultOf(Manner manner) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!server.isClosed()) {
                  try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[64]);
                    manner.meet(client);
                  } catch (IOException closed) {
                    // the next one
                  }
                }
              });
      Caller caller = new Caller(Caller.settings().build());
      URI target = URI.create("https://localhost:" + server.getLocalPort() + "/");
      return assertThrows(
              TransportException.class,
              () -> caller.post(target, Map.of(), new byte[0], Duration.ofSeconds(20), 1_000))
          .fault();
    }
  }

  @Test
  void aHandshakeThatIsBrokenOffSaysNothingOfCertificates() throws Exception {
    assertEquals(Fault.UNREACHABLE, faultOf(client -> client.setSoLinger(true, 0)), "by a reset");
    assertEquals(Fault.UNREACHABLE, faultOf(Socket::shutdownOutput), "by an end");
  }

  @Test
  void aServerThatSaysSoDoesNotTrustTheCertificate() throws Exception {
    assertEquals(
        Fault.UNTRUSTED, faultOf(client -> client.getOutputStream().write(BAD_CERTIFICATE)));
  }
}
