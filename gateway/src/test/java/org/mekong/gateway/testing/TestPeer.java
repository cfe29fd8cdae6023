package org.mekong.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Predicate;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.message.Subject;

/** The gateway of Laos that asks the gateway under test. */
public final class TestPeer {

  /** What came back. */
  public record Answer(int status, JsonNode body, HttpHeaders headers) {

    public String rule() {
      return body.path("rule").asText();
    }

    public String compact() {
      return body.path("answer").asText();
    }
  }

  private final Surroundings around;
  private final HttpClient http;

  public TestPeer(Surroundings around) {
    this(around, around.peerContext());
  }

  public TestPeer(Surroundings around, SSLContext context) {
    this.around = around;
    this.http = HttpClient.newBuilder().sslContext(context).build();
  }

  /** A good request, whose members are altered in JSON before it is signed. */
  public String request(UnaryOperator<String> alter) {
    try {
      String json = StrictJson.snakeCase().writeValueAsString(marriage());
      return sign(
          around.peerDouble().key(),
          ExchangeRequest.TYPE,
          StrictJson.mapper().readTree(alter.apply(json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String request() {
    return sign(around.peerDouble().key(), ExchangeRequest.TYPE, marriage());
  }

  public static String sign(ECKey key, String type, Object payload) {
    return SignedMessage.sign(key, type, payload).compact();
  }

  public static ExchangeRequest marriage() {
    return new ExchangeRequest(
        UUID.randomUUID(),
        Instant.now().getEpochSecond(),
        SignedMessage.nonce(),
        "LA",
        "VN",
        "la-savannakhet-civil-registry",
        "civil-registry",
        "officer-3",
        "marriage",
        "Illustrative basis",
        LookupKind.VERIFY,
        new Subject("001099004711"),
        List.of(
            Predicate.of("alive"),
            new Predicate("age_over", 18, null, null, null),
            Predicate.of("married")),
        null,
        null,
        new AgreementReference("vn-la", 1),
        null);
  }

  public Answer send(String compact) {
    return send(compact, "application/jose");
  }

  public Answer send(String compact, String mediaType, String... headers) {
    return send(HttpRequest.BodyPublishers.ofString(compact), mediaType, headers);
  }

  /** Sends a body, whose length is announced or not. */
  public Answer send(HttpRequest.BodyPublisher body, String mediaType, String... headers) {
    URI target = around.gateway().resolve("/exchange/v1/requests");
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(target)
                  .header("Content-Type", mediaType)
                  .headers(headers.length == 0 ? new String[] {"Accept", "*/*"} : headers)
                  .POST(body)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(), StrictJson.mapper().readTree(response.body()), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The signed answer, verified by the pinned key of the gateway under test. */
  public SignedMessage<ExchangeAnswer> verified(Answer answer) throws MessageRefused {
    return SignedMessage.verify(
        answer.compact(),
        new JWKSet(around.gatewayKey()),
        ExchangeAnswer.TYPE,
        ExchangeAnswer.class);
  }
}
