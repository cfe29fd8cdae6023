package org.mekong.registry.vitalevent.book;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Sex;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Who adopts whom, and who is whose guardian. */
class CareRulesTest extends Villagers {

  @Test
  void adoptersAreOlderMarriedToEachOtherAndLive() {
    UUID child = village.enter("An", Sex.MALE, "1999-01-01");
    refusedAdoption(child, "parents[0]", "adopter-older", hoa);
    UUID small = village.enter("Be", Sex.MALE, "2004-01-01");
    refusedAdoption(small, "parents[0]", "adopters-married", hoa, nam);
    marry(hoa, nam, "2005-01-01");
    village.register(
        new VitalEvent.Adoption(small, List.of(Party.of(hoa), Party.of(nam)), null), "2010-01-01");
    refusedAdoption(small, "parents[0]", "not-own-child", hoa);
    refusedAdoption(small, "parents[0]", "another-person", small);
  }

  @Test
  void nobodyGrownIsAdoptedButByTheSpouseOfAParent() {
    UUID child = village.born("An", Sex.MALE, "1999-01-01", hoa, null);
    VitalEvent adoption = new VitalEvent.Adoption(child, List.of(Party.of(nam)), null);
    refused(adoption, "2015-02-01", "child", "adoptee-age", 400);
    marry(hoa, nam, "2005-01-01");
    village.register(adoption, "2015-02-01");
  }

  @Test
  void aWardIsAMinorOrIncapableAndAGuardianGrown() {
    UUID child = village.enter("An", Sex.MALE, "2005-01-01");
    refused(
        new VitalEvent.Guardianship(nam, Party.of(hoa), false, false),
        "2010-01-01",
        "ward",
        "ward",
        400);
    refused(
        new VitalEvent.Guardianship(nam, Party.of(child), false, true),
        "2010-01-01",
        "guardian",
        "guardian-age",
        400);
    village.register(new VitalEvent.Guardianship(nam, Party.of(hoa), false, true), "2010-01-01");
    refused(
        new VitalEvent.Guardianship(child, Party.of(nam), false, false),
        "2010-01-02",
        "guardian",
        "guardian-capable",
        400);
    village.register(new VitalEvent.Guardianship(nam, Party.of(hoa), true, true), "2011-01-01");
  }

  private void refusedAdoption(UUID child, String field, String rule, UUID... parents) {
    List<Party> adopters = List.of(parents).stream().map(Party::of).toList();
    refused(new VitalEvent.Adoption(child, adopters, null), "2010-06-01", field, rule, 400);
  }
}
