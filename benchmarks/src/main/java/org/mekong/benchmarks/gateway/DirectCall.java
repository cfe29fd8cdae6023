package org.mekong.benchmarks.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * The question that the answering gateway asks its register, asked by nobody between: with the
 * gateway's certificate, by the driver that asks whole lookups. Thread-safe.
 */
final class DirectCall {

  private final HttpClient http;
  private final URI target;
  private final Office office;

  DirectCall(TwoNations nations, Office office) throws IOException, GeneralSecurityException {
    this.office = office;
    this.target = nations.answeringRegister().resolve("/v1/verifications");
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Tls.as(nations.folder("LA", "gateway"), nations.authority()))
            .build();
  }

  void ask() throws IOException, InterruptedException {
    String body =
        """
        {"purpose": "marriage", "legalBasis": "Illustrative",
         "subject": {"personalNumber": "%s"},
         "predicates": [{"name": "alive"}, {"name": "age_over", "years": 18}, {"name": "married"}],
         "requester": {"requestId": "%s", "country": "VN", "agency": "vn-quang-tri-registry-office",
           "agencyClass": "civil-registry", "officer": "officer-7f3a", "legalBasis": "Illustrative"}}"""
            .formatted(office.somebody(), UUID.randomUUID());
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the register answered " + answer.statusCode() + " " + answer.body());
    }
  }
}
