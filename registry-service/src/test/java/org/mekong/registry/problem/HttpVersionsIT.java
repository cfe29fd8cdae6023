package org.mekong.registry.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;

/** The guards hold in HTTP/1.1 and in HTTP/2, for bodies that say how long they are or do not. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class HttpVersionsIT {

  private static final byte[] LARGE =
      ("{\"purpose\":\"" + "a".repeat(200_000) + "\"}").getBytes(StandardCharsets.UTF_8);

  TestSetting setting;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void refusesALargeBodyOfUnknownLength(HttpClient.Version version) throws Exception {
    refused(
        413,
        version,
        "/v1/verifications",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void refusesTargetsThatTwoParsersReadInTwoWays(HttpClient.Version version) throws Exception {
    for (String path : new String[] {"//v1/verifications", "/v1;x/verifications", "/v1/a%2Fb"}) {
      refused(400, version, path, BodyPublishers.ofString("{}"));
    }
  }

  private void refused(
      int status, HttpClient.Version version, String path, HttpRequest.BodyPublisher body)
      throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(TestCertificates.gatewayContext(setting.folder()))
            .build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(setting.url() + path))
                  .header("Content-Type", "application/json")
                  .POST(body)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(status, answer.statusCode(), path);
      assertEquals(version, answer.version());
      assertTrue(answer.body().contains("urn:mekong:problem:"), answer.body());
    }
  }
}
