package org.mekong.gateway.agreement.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.agreement.Question;

/** What a version in shadow would change is counted by its effect, bounded and without persons. */
class ShadowTallyTest {

  private final ShadowTally tally = new ShadowTally();

  private static Question question(String purpose) {
    return new Question(
        "VN", "LA", "some-agency", "civil-registry", purpose, LookupKind.VERIFY, Set.of("alive"));
  }

  private static Decision allowed(int version, int dailyQuota) {
    return new Decision.Allowed(
        "vn-la/" + version + "/marriage",
        new AgreementReference("vn-la", version),
        Map.of("VN", "one", "LA", "other"),
        Set.of("alive"),
        Duration.ZERO,
        Period.ofYears(1),
        dailyQuota,
        10);
  }

  private static Decision refused(int version, String rule) {
    return new Decision.Refused("vn-la/" + version + "/marriage/" + rule, "no", "Ask less.");
  }

  private Effect effect(Decision decision, Decision shadow) {
    tally.count(question("marriage"), decision, shadow);
    return tally.drain().getFirst().row().effect();
  }

  @Test
  void eachChangeHasItsName() {
    assertEquals(Effect.NONE, effect(allowed(1, 100), allowed(2, 100)));
    assertEquals(Effect.OTHER_TERMS, effect(allowed(1, 100), allowed(2, 99)));
    assertEquals(Effect.CLOSES, effect(allowed(1, 100), refused(2, "fields")));
    assertEquals(Effect.OPENS, effect(refused(1, "fields"), allowed(2, 100)));
    assertEquals(Effect.NONE, effect(refused(1, "fields"), refused(2, "fields")));
    assertEquals(Effect.OTHER_RULE, effect(refused(1, "fields"), refused(2, "kind")));
  }

  @Test
  void whatWasDrainedIsCountedOnce() {
    tally.count(question("marriage"), allowed(1, 100), refused(2, "fields"));
    tally.count(question("marriage"), allowed(1, 100), refused(2, "fields"));

    List<ShadowTally.Counted> drained = tally.drain();
    assertEquals(2, drained.getFirst().count());
    assertEquals(List.of(), tally.drain());
    tally.restore(drained);
    assertEquals(drained, tally.drain());
  }

  @Test
  void noAgencyIsCountedAndStrangersCannotFillTheMemory() {
    for (int i = 0; i < 5_000; i++) {
      tally.count(question("purpose-" + i), allowed(1, 100), refused(2, "purpose"));
    }

    List<ShadowTally.Counted> drained = tally.drain();
    assertTrue(drained.size() <= 1_001, () -> String.valueOf(drained.size()));
    assertEquals(5_000, drained.stream().mapToLong(ShadowTally.Counted::count).sum());
    assertTrue(drained.stream().noneMatch(each -> each.toString().contains("some-agency")));
  }
}
