package org.mekong.registry.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;

/** A client that goes away in the middle of its body is no failure of the register. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class GoneClientIT {

  TestSetting setting;
  private final Lines lines = new Lines();

  /** What is told as a warning or worse, and what nobody but a developer reads of our problems. */
  private static final class Lines extends Handler {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      String text = ExtLogRecord.wrap(line).getFormattedMessage() + " " + line.getThrown();
      if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
        told.add(text);
      }
      if ("http-problem".equals(line.getLoggerName())) {
        problems.add(text);
      }
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(lines);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(lines);
  }

  @Test
  void whoGoesInTheMiddleOfABodyIsNoError() throws Exception {
    cut("Content-Length: 1000\r\n\r\n{\"purpose\":\"mar");
    cut("Transfer-Encoding: chunked\r\n\r\n10\r\n{\"purpose\":\"mar");
    for (int i = 0; i < 50 && lines.problems.size() < 2; i++) {
      Thread.sleep(100);
    }

    assertEquals(List.of(), lines.told);
    assertEquals(2, lines.problems.size(), lines.problems::toString);
    lines.problems.forEach(each -> assertTrue(each.contains("400"), each));
  }

  private void cut(String rest) throws Exception {
    URI url = URI.create(setting.url());
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificates.gatewayContext(setting.folder())
                .getSocketFactory()
                .createSocket(url.getHost(), url.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /v1/verifications HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%s"
              .formatted(url.getAuthority(), rest)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread.sleep(300); // it is being read
    }
  }
}
