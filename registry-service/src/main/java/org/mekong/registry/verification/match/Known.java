package org.mekong.registry.verification.match;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.SpokenName;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.rule.MatchField;
import org.mekong.registry.matching.rule.RuleSet;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;

/**
 * What the asker knows of the person who is meant.
 *
 * @param birthRegistration province of birth registration
 * @param province of permanent residence
 */
record Known(
    PersonName name,
    PartialDate dateOfBirth,
    @Nullable Sex sex,
    @Nullable String birthRegistration,
    @Nullable String province) {

  /** Nobody of the register has this key. */
  private static final UUID NOBODY = new UUID(0, 0);

  /** As the comparison takes it. */
  Traits traits(String country) {
    return new Traits(
        NOBODY,
        List.of(SpokenName.of(name)),
        dateOfBirth,
        sex == null ? Sex.NOT_KNOWN : sex,
        birthRegistration == null ? "" : birthRegistration,
        null,
        null,
        province == null ? null : new Traits.Home(country, province, null),
        null,
        null,
        new TreeSet<>());
  }

  /** The rules without what is not known: it speaks neither for nor against anybody. */
  RuleSet applied(RuleSet rules) {
    Map<MatchField, Map<String, Double>> weights = new EnumMap<>(MatchField.class);
    weights.putAll(rules.weights());
    if (birthRegistration == null) {
      weights.remove(MatchField.PLACE_OF_BIRTH_REGISTRATION);
    }
    return new RuleSet(
        rules.name(),
        rules.blockLimit(),
        rules.blocking(),
        weights,
        rules.limits(),
        rules.possible(),
        rules.match());
  }

  /** Members that are missing or known in part, the most telling first. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (dateOfBirth.day() == null) {
      missing.add("dateOfBirth");
    }
    if (birthRegistration == null) {
      missing.add("placeOfBirthRegistration");
    }
    if (name.middle() == null) {
      missing.add("name.middle");
    }
    if (province == null) {
      missing.add("province");
    }
    if (sex == null) {
      missing.add("sex");
    }
    return missing;
  }

  /** As it was sent and read, for a commitment: canonical JSON of these members. */
  Map<String, Object> members() {
    Map<String, @Nullable Object> names = new LinkedHashMap<>();
    names.put("family", name.family());
    names.put("middle", name.middle());
    names.put("given", name.given());
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", present(names));
    members.put("dateOfBirth", dateOfBirth.toString());
    members.put("sex", sex == null ? null : sex.code());
    members.put("placeOfBirthRegistration", birthRegistration);
    members.put("province", province);
    return present(members);
  }

  private static Map<String, Object> present(Map<String, @Nullable Object> members) {
    Map<String, Object> present = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }
}
