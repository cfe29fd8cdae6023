package org.mekong.identity.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.ParseException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;
import org.mekong.identity.client.Quotas;
import org.mekong.identity.client.SignInSettings;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.oauth.OAuthRefused;

/** Whatever is pushed, it is a request of the registration or is refused by a standard's error. */
class RequestRulesProperties {
  private static final URI REDIRECT = URI.create("https://app.example/cb");
  private static final Set<String> ERRORS =
      Set.of(
          "invalid_request",
          "invalid_scope",
          "invalid_target",
          "invalid_authorization_details",
          "unsupported_response_type",
          "request_not_supported",
          "registration_not_supported");
  private static final Client CLIENT =
      new Client(
          "app",
          Optional.empty(),
          "App",
          ClientIdentity.of(new JWKSet()),
          Set.of("authorization_code"),
          Set.of("openid", "offline_access"),
          List.of("https://registry.example"),
          List.of(),
          new SignInSettings(List.of(REDIRECT), List.of(), Optional.empty(), "ES256"),
          Quotas.NONE,
          List.of(),
          Optional.empty(),
          "active",
          Instant.EPOCH,
          Optional.empty(),
          1,
          Instant.EPOCH);

  @Property(tries = 2000)
  void isWithinTheRegistrationOrRefusedByName(
      @ForAll("parameters") String name, @ForAll("values") String value) {
    Map<String, List<String>> form = new HashMap<>();
    form.put("response_type", List.of("code"));
    form.put("redirect_uri", List.of(REDIRECT.toString()));
    form.put("scope", List.of("openid"));
    form.put("code_challenge", List.of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    form.put("code_challenge_method", List.of("S256"));
    form.put(name, List.of(value));
    try {
      AskedFor asked = RequestRules.check(form, CLIENT);

      assertEquals(REDIRECT, asked.redirectUri());
      assertTrue(CLIENT.scopes().containsAll(asked.scopes()));
      assertTrue(CLIENT.resources().containsAll(asked.resources()));
      assertTrue(asked.details().isEmpty());
      assertEquals("S256", asked.request().getCodeChallengeMethod().getValue());
      assertEquals(asked.request().toParameters(), again(asked).request().toParameters());
    } catch (OAuthRefused refused) {
      assertTrue(ERRORS.contains(refused.error().getCode()), refused.error()::getCode);
      assertTrue(value.length() < 12 || !refused.getMessage().contains(value), "not repeated");
    }
  }

  /** What is kept is read back as it was. */
  private static AskedFor again(AskedFor asked) {
    try {
      return AskedFor.of(asked.request().toParameters());
    } catch (ParseException lost) {
      throw new AssertionError("what was accepted is not read again", lost);
    }
  }

  @Provide
  Arbitrary<String> parameters() {
    return Arbitraries.of(
        "response_type",
        "response_mode",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "display",
        "prompt",
        "max_age",
        "ui_locales",
        "claims_locales",
        "id_token_hint",
        "login_hint",
        "acr_values",
        "claims",
        "request",
        "request_uri",
        "code_challenge",
        "code_challenge_method",
        "resource",
        "authorization_details",
        "dpop_jkt",
        "purpose",
        "include_granted_scopes",
        "trust_chain",
        "anything");
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings().withChars("{}[]\":,01aest._ -%\\").ofMaxLength(40),
        Arbitraries.of(
            "none",
            "login",
            "consent",
            "-1",
            "0",
            "99999999999999999999",
            "vi lo en",
            "openid openid",
            "true",
            "null",
            "{}",
            "[]",
            "[null]",
            "[{\"type\":null}]",
            "{\"id_token\":null}",
            "{\"id_token\":{\"acr\":7}}",
            "{\"id_token\":{\"acr\":{\"values\":\"x\"}}}",
            "{\"id_token\":{\"sub\":{\"value\":{}}}}",
            "{\"userinfo\":[]}",
            "{\"verified_claims\":1}",
            "eyJhbGciOiJub25lIn0.e30.",
            "https://app.example/cb",
            "urn:x:y",
            "http://[",
            "\u0000",
            "a\nb"));
  }
}
