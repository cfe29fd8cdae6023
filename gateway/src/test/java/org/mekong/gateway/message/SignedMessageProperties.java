package org.mekong.gateway.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.json.StrictJson;

/** What was signed is read as it was signed; everything else is refused, never half read. */
class SignedMessageProperties {

  private static final ECKey KEY = key();
  private static final JWKSet KEYS = new JWKSet(KEY.toPublicJWK());

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static SignedMessage<ExchangeRequest> read(String compact) throws MessageRefused {
    return SignedMessage.verify(compact, KEYS, ExchangeRequest.TYPE, ExchangeRequest.class);
  }

  @Property(tries = 200)
  void whatIsSignedIsReadAsItWas(@ForAll("requests") ExchangeRequest request)
      throws MessageRefused {
    SignedMessage<ExchangeRequest> signed = SignedMessage.sign(KEY, ExchangeRequest.TYPE, request);

    assertEquals(request, read(signed.compact()).payload());
  }

  @Property(tries = 500)
  void oneChangedCharacterIsRefused(
      @ForAll("requests") ExchangeRequest request,
      @ForAll @IntRange(max = 5_000) int at,
      @ForAll("characters") char character) {
    String compact = SignedMessage.sign(KEY, ExchangeRequest.TYPE, request).compact();
    int place = at % compact.length();
    var changed = new StringBuilder(compact);
    changed.setCharAt(place, character);

    if (compact.charAt(place) != character && place < compact.length() - 1) {
      assertThrows(MessageRefused.class, () -> read(changed.toString()));
    }
  }

  @Property(tries = 500)
  void anyTextIsRefused(@ForAll String text) {
    assertThrows(MessageRefused.class, () -> read(text));
  }

  @Property(tries = 300)
  void anySignedTextIsReadOrRefused(@ForAll("damaged") String payload) throws JOSEException {
    var jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(ExchangeRequest.TYPE))
                .keyID("k")
                .build(),
            new Payload(payload));
    jws.sign(new ECDSASigner(KEY));
    try {
      read(jws.serialize()).payload().question();
    } catch (MessageRefused expected) {
      assertEquals(MessageRefused.Fault.MALFORMED, expected.fault());
    }
  }

  @Property(tries = 100)
  void equalRequestsHaveOtherDigests(@ForAll("requests") ExchangeRequest request) {
    // ES256 as we sign it is randomised, so even the same payload never has the same digest
    assertNotEquals(
        SignedMessage.sign(KEY, ExchangeRequest.TYPE, request).digest(),
        SignedMessage.sign(KEY, ExchangeRequest.TYPE, request).digest());
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.chars().range('A', 'Z').range('a', 'z').range('0', '9').with('.', '-', '=');
  }

  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<String> whole = requests().map(SignedMessageProperties::json);
    return Combinators.combine(
            whole, Arbitraries.integers().between(0, 2_000), Arbitraries.strings().ofMaxLength(6))
        .as(
            (json, at, insert) -> {
              int place = at % json.length();
              return json.substring(0, place) + insert + json.substring(place);
            });
  }

  private static String json(ExchangeRequest request) {
    try {
      return StrictJson.snakeCase().writeValueAsString(request);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Provide
  Arbitrary<ExchangeRequest> requests() {
    Arbitrary<String> name =
        Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(40);
    Arbitrary<String> basis = Arbitraries.strings().ofMaxLength(200);
    Arbitrary<List<String>> fields =
        Arbitraries.of("names", "sex", "date_of_birth", "contact")
            .list()
            .uniqueElements()
            .ofMinSize(1);
    return Combinators.combine(name, name, basis, name, fields, Arbitraries.of(LookupKind.class))
        .as(
            (agency, officer, why, number, asked, kind) ->
                new ExchangeRequest(
                    UUID.randomUUID(),
                    1_795_000_000L,
                    SignedMessage.nonce(),
                    "VN",
                    "LA",
                    agency,
                    "civil-registry",
                    officer,
                    "marriage",
                    why,
                    kind,
                    known(kind) == null
                        ? new Subject(number.substring(0, Math.min(32, number.length())))
                        : null,
                    kind == LookupKind.VERIFY ? List.of(Predicate.of("alive")) : null,
                    kind == LookupKind.VERIFY ? null : asked,
                    known(kind),
                    new AgreementReference("vn-la", 1),
                    kind == LookupKind.VERIFY ? 1_795_000_600L : null));
  }

  private static @Nullable Known known(LookupKind kind) {
    var names = new Known.Names("Phommachanh", null, "Bouavone", null);
    return switch (kind) {
      case VERIFY, READ -> null;
      case MATCH -> new Known(names, "1999-04-14", 2, "LA-SV", "LA-SV", null, null);
      case SEARCH ->
          new Known(
              names,
              "1999",
              2,
              null,
              "LA-SV",
              new Known.Birthplace("LA", "LA-SV", "Kaysone"),
              new Known.Parents("Keo", "Somchai"));
    };
  }
}
