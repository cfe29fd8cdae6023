package org.mekong.identity.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.oauth2.sdk.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.session.Session;

/** OpenID Connect Core sections 3.1.2.1, 3.1.2.3, 3.1.2.4 and 5.5.1.1, case by case. */
class DecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final UUID PERSON = UUID.randomUUID();
  private static final String LOW = "urn:mekong:loa:low";
  private static final String SUBSTANTIAL = "urn:mekong:loa:substantial";
  private static final String HIGH = "urn:mekong:loa:high";

  private static final Optional<Interaction.Decided> NOTHING = Optional.empty();
  private static final Optional<Interaction.Decided> ALLOWED = decided(Optional.of(PERSON), true);
  private static final Optional<Interaction.Decided> DENIED = decided(Optional.of(PERSON), false);
  private static final Optional<Interaction.Decided> OF_ANOTHER =
      decided(Optional.of(UUID.randomUUID()), true);
  private static final Optional<Interaction.Decided> TURNED_BACK = decided(Optional.empty(), false);

  @TestFactory
  List<DynamicTest> decides() {
    List<DynamicTest> tests = new ArrayList<>();
    // nobody is signed in
    tests.add(test("sign in first", nobody(NOTHING), "SignIn"));
    tests.add(test("none and nobody", nobody(NOTHING), "login_required", "prompt", "none"));
    tests.add(test("turned back", nobody(TURNED_BACK), "access_denied"));
    tests.add(test("an answer, but nobody signed in", nobody(ALLOWED), "SignIn"));
    // somebody is
    tests.add(test("asked for consent", before(false), "AskConsent"));
    tests.add(test("allowed before", before(true), "Grant"));
    tests.add(test("prompt consent", before(true), "AskConsent", "prompt", "consent"));
    tests.add(test("none, allowed before", before(true), "Grant", "prompt", "none"));
    tests.add(test("none, never asked", before(false), "consent_required", "prompt", "none"));
    tests.add(test("prompt login", before(true), "SignIn", "prompt", "login"));
    tests.add(test("select account", before(true), "SignIn", "prompt", "select_account"));
    tests.add(test("prompt login, done", here(true, true), "Grant", "prompt", "login"));
    tests.add(test("max_age 0", before(true), "SignIn", "max_age", "0"));
    tests.add(test("max_age 0, done", here(true, true), "Grant", "max_age", "0"));
    tests.add(test("max_age 59", before(true), "SignIn", "max_age", "59"));
    tests.add(test("max_age 60", before(true), "Grant", "max_age", "60"));
    tests.add(
        test("none, stale", before(true), "login_required", "prompt", "none", "max_age", "5"));
    // whom the client expects
    tests.add(test("somebody else", unexpected(false), "SignIn"));
    tests.add(test("somebody else, and again", unexpected(true), "login_required"));
    tests.add(test("none, somebody else", unexpected(false), "login_required", "prompt", "none"));
    // how surely
    tests.add(test("wish for less", at(HIGH, false), "Grant", "acr_values", SUBSTANTIAL));
    tests.add(test("wish for more", at(LOW, false), "SignIn", "acr_values", SUBSTANTIAL));
    tests.add(test("wish, in vain", at(LOW, true), "Grant", "acr_values", SUBSTANTIAL));
    tests.add(test("unknown wish", at(LOW, false), "Grant", "acr_values", "phr"));
    tests.add(test("one of two", at(LOW, false), "Grant", "acr_values", HIGH + " " + LOW));
    tests.add(test("essential, less", at(LOW, false), "SignIn", "claims", essential(HIGH)));
    tests.add(
        test(
            "essential, in vain",
            at(LOW, true),
            "unmet_authentication_requirements",
            "claims",
            essential(HIGH)));
    tests.add(test("essential, met", at(HIGH, false), "Grant", "claims", essential(SUBSTANTIAL)));
    tests.add(
        test(
            "essential and unknown",
            at(HIGH, true),
            "unmet_authentication_requirements",
            "claims",
            essential("x")));
    tests.add(
        test(
            "none, essential",
            at(LOW, false),
            "login_required",
            "claims",
            essential(HIGH),
            "prompt",
            "none"));
    // what was decided
    tests.add(test("allowed now", answered(ALLOWED), "Grant"));
    tests.add(test("allowed now, as asked", answered(ALLOWED), "Grant", "prompt", "consent"));
    tests.add(test("denied now", answered(DENIED), "access_denied"));
    tests.add(test("allowed by another", answered(OF_ANOTHER), "AskConsent"));
    tests.add(test("turned back later", answered(TURNED_BACK), "access_denied"));
    return tests;
  }

  private static DynamicTest test(
      String what, Decision.Known known, String expected, String... parameters) {
    return DynamicTest.dynamicTest(
        what,
        () ->
            assertEquals(
                expected,
                switch (Decision.on(asked(parameters), known, NOW)) {
                  case Decision.Refuse refuse -> refuse.error().getCode();
                  case Decision other -> other.getClass().getSimpleName();
                }));
  }

  private static AskedFor asked(String... parameters) throws ParseException {
    Map<String, List<String>> all = new HashMap<>();
    all.put("response_type", List.of("code"));
    all.put("client_id", List.of("x"));
    all.put("redirect_uri", List.of("https://app.example/cb"));
    all.put("scope", List.of("openid"));
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], List.of(parameters[i + 1]));
    }
    return AskedFor.of(all);
  }

  private static String essential(String acr) {
    return "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"" + acr + "\"]}}}";
  }

  private static Optional<Interaction.Decided> decided(Optional<UUID> by, boolean granted) {
    return Optional.of(new Interaction.Decided(by, granted));
  }

  private static Decision.Known nobody(Optional<Interaction.Decided> decided) {
    return new Decision.Known(Optional.empty(), false, true, false, decided);
  }

  private static Decision.Known before(boolean allowed) {
    return new Decision.Known(Optional.of(session(LOW)), false, true, allowed, NOTHING);
  }

  private static Decision.Known here(boolean signedInHere, boolean allowed) {
    return new Decision.Known(Optional.of(session(LOW)), signedInHere, true, allowed, NOTHING);
  }

  private static Decision.Known unexpected(boolean signedInHere) {
    return new Decision.Known(Optional.of(session(LOW)), signedInHere, false, true, NOTHING);
  }

  private static Decision.Known at(String acr, boolean signedInHere) {
    return new Decision.Known(Optional.of(session(acr)), signedInHere, true, true, NOTHING);
  }

  private static Decision.Known answered(Optional<Interaction.Decided> decided) {
    return new Decision.Known(Optional.of(session(LOW)), false, true, false, decided);
  }

  private static Session session(String acr) {
    Instant then = NOW.minusSeconds(60);
    return new Session(
        UUID.randomUUID(), PERSON, acr, List.of("pwd"), then, then, then.plusSeconds(3600));
  }
}
