package org.mekong.registry.person;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.NameText;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * The rules that particulars of a person keep, whoever brings them: the API, the generator, later
 * the import. They look at one person alone; what needs another person's row is the registrar's.
 */
@ApplicationScoped
public class PersonRules {

  /** Nobody in a register of today was born earlier. */
  static final int EARLIEST_YEAR = 1900;

  private static final int MOST_NAMES = 10;
  private static final int MOST_RELATIONSHIPS = 50;
  private static final int MOST_NATIONALITIES = 10;
  private static final Set<String> RELIGIONS =
      Set.of(
          "none",
          "buddhist",
          "catholic",
          "protestant",
          "caodaist",
          "hoahao",
          "muslim",
          "hindu",
          "bahai",
          "indigenous",
          "other");
  private static final Set<String> BLOOD_GROUPS =
      Set.of("A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-");
  private static final Set<String> RELATIONS =
      Set.of("head", "spouse", "child", "parent", "sibling", "other");
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,5}");
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9:._/-]{1,200}");

  private final NationProfile profile;
  private final Clock clock;

  /** The rules of a nation; the clock says what lies in the future. */
  public PersonRules(NationProfile profile, Clock clock) {
    this.profile = profile;
    this.clock = clock;
  }

  /** The rules that are broken, none when the particulars may stand in the register. */
  public List<Violation> check(Particulars particulars) {
    Violations violations = new Violations();
    names("names", particulars.names(), violations);
    dates(particulars, violations);
    places(particulars, violations);
    codes(particulars, violations);
    marriage(particulars, violations);
    relationships(particulars.relationships(), violations);
    contact("contact", particulars.contact(), violations);
    photoReference("photoReference", particulars.photoReference(), violations);
    return violations.list();
  }

  /** What holds for all names of somebody together. */
  public void names(String field, List<PersonName> names, Violations violations) {
    if (names.size() > MOST_NAMES) {
      violations.add(field, "size", "holds more than " + MOST_NAMES + " names");
      return;
    }
    Set<NameScript> official = EnumSet.noneOf(NameScript.class);
    for (int i = 0; i < names.size(); i++) {
      PersonName name = names.get(i);
      String path = field + "[" + i + "]";
      part(path + ".family", name.family(), name.script(), violations);
      part(path + ".middle", name.middle(), name.script(), violations);
      part(path + ".given", name.given(), name.script(), violations);
      if (name.kind() == PersonName.Kind.OFFICIAL) {
        if (!official.add(name.script())) {
          violations.add(path, "one-official-name", "is a second official name in this script");
        }
        if (profile.familyNameRequired() && name.family() == null) {
          violations.add(path + ".family", "required", "is missing");
        }
      }
    }
    if (official.stream().noneMatch(s -> s.code().equals(profile.officialScript()))) {
      violations.add(
          field, "official-name", "lacks an official name in script " + profile.officialScript());
    }
  }

  private static void part(
      String path, @Nullable String text, NameScript script, Violations violations) {
    if (text != null) {
      NameText.inName(text, script)
          .ifPresent(fault -> violations.add(path, fault.rule(), fault.detail()));
    }
  }

  private void dates(Particulars particulars, Violations violations) {
    LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
    if (particulars.dateOfBirth().year() < EARLIEST_YEAR) {
      violations.add("dateOfBirth", "date-range", "lies before " + EARLIEST_YEAR);
    }
    if (particulars.dateOfBirth().earliest().isAfter(today)) {
      violations.add("dateOfBirth", "not-in-future", "lies in the future");
    }
    var death = particulars.dateOfDeath();
    if (death == null) {
      return;
    }
    if (particulars.lifeStatus() != LifeStatus.DEAD) {
      violations.add("dateOfDeath", "life-status", "is given for somebody who is not dead");
    }
    if (death.earliest().isAfter(today)) {
      violations.add("dateOfDeath", "not-in-future", "lies in the future");
    }
    if (death.latest().isBefore(particulars.dateOfBirth().earliest())) {
      violations.add("dateOfDeath", "death-after-birth", "lies before the birth");
    }
  }

  private void places(Particulars particulars, Violations violations) {
    if (!profile.registrationPlaces().containsKey(particulars.placeOfBirthRegistration())) {
      violations.add("placeOfBirthRegistration", "known-code", "is no place of registration");
    }
    place("placeOfBirth", particulars.placeOfBirth(), violations);
    place("hometown", particulars.hometown(), violations);
    Set<Residence.Kind> kinds = EnumSet.noneOf(Residence.Kind.class);
    for (int i = 0; i < particulars.residences().size(); i++) {
      Residence residence = particulars.residences().get(i);
      place("residences[" + i + "]", residence.place(), violations);
      if (!kinds.add(residence.kind())) {
        violations.add("residences[" + i + "].kind", "one-of-a-kind", "is given twice");
      }
    }
  }

  /** What holds for a place. */
  public void place(String path, @Nullable Place place, Violations violations) {
    if (place == null) {
      return;
    }
    if (!NationProfile.isCountry(place.country())) {
      violations.add(path + ".country", "known-code", "is no ISO 3166-1 alpha-2 code");
    }
    if (place.province() != null) {
      if (!place.country().equals(profile.nation().name())) {
        violations.add(path + ".province", "own-province", "is given for a place abroad");
      } else if (!profile.provinces().containsKey(place.province())) {
        violations.add(path + ".province", "known-code", "is no province of today");
      }
    }
    if (place.text() != null) {
      NameText.inText(place.text(), NameText.LONGEST_TEXT)
          .ifPresent(fault -> violations.add(path + ".text", fault.rule(), fault.detail()));
    }
  }

  private void codes(Particulars particulars, Violations violations) {
    ethnicity("ethnicity", particulars.ethnicity(), violations);
    religion("religion", particulars.religion(), violations);
    bloodGroup("bloodGroup", particulars.bloodGroup(), violations);
    nationalities("nationalities", particulars.nationalities(), violations);
    household("household", particulars.household(), violations);
    if (!particulars.sex().isTold()) {
      violations.add("sex", "number-needs-sex", "must be 1 or 2 for a personal number to be made");
    }
  }

  /** What holds for a code of an ethnic group. */
  public void ethnicity(String field, @Nullable String code, Violations violations) {
    if (code != null && !profile.isEthnicGroup(code)) {
      violations.add(field, "known-code", "is no code of the nation's ethnic groups");
    }
  }

  /** What holds for a code of a religion. */
  public void religion(String field, @Nullable String code, Violations violations) {
    known(field, code, RELIGIONS, violations);
  }

  /** What holds for a blood group. */
  public void bloodGroup(String field, @Nullable String code, Violations violations) {
    known(field, code, BLOOD_GROUPS, violations);
  }

  /** What holds for codes of nationalities. */
  public void nationalities(String field, Collection<String> codes, Violations violations) {
    if (codes.size() > MOST_NATIONALITIES) {
      violations.add(field, "size", "holds more than " + MOST_NATIONALITIES);
      return;
    }
    Set<String> seen = new HashSet<>();
    int i = 0;
    for (String nationality : codes) {
      String path = field + "[" + i++ + "]";
      if (!NationProfile.isCountry(nationality)) {
        violations.add(path, "known-code", "is no ISO 3166-1 alpha-2 code");
      } else if (!seen.add(nationality)) {
        violations.add(path, "unique", "is given twice");
      }
    }
  }

  /** What holds for the place in a household. */
  public void household(String field, @Nullable Household household, Violations violations) {
    if (household != null) {
      known(field + ".relationToHead", household.relationToHead(), RELATIONS, violations);
    }
  }

  private static void known(
      String path, @Nullable String code, Set<String> codes, Violations violations) {
    if (code != null && !codes.contains(code)) {
      violations.add(path, "known-code", "is none of " + codes.stream().sorted().toList());
    }
  }

  private void marriage(Particulars particulars, Violations violations) {
    MaritalStatus status = particulars.maritalStatus();
    boolean married = status == MaritalStatus.MARRIED || status == MaritalStatus.SEPARATED;
    if (!married
        && particulars.lifeStatus() != LifeStatus.DEAD
        && particulars.relationships().stream()
            .anyMatch(r -> r.kind() == Relationship.Kind.SPOUSE)) {
      violations.add("maritalStatus", "spouse-needs-marriage", "tells of no marriage to a spouse");
    }
    if (status == MaritalStatus.SINGLE || status == MaritalStatus.UNKNOWN) {
      return;
    }
    int age = particulars.sex() == Sex.MALE ? profile.marriageAgeMen() : profile.marriageAgeWomen();
    LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
    if (particulars.dateOfBirth().earliest().plusYears(age).isAfter(today)) {
      violations.add("maritalStatus", "marriage-age", "needs the legal age of " + age);
    }
  }

  private static void relationships(List<Relationship> relationships, Violations violations) {
    if (relationships.size() > MOST_RELATIONSHIPS) {
      violations.add("relationships", "size", "holds more than " + MOST_RELATIONSHIPS);
      return;
    }
    Map<Relationship.Kind, Integer> counts = new EnumMap<>(Relationship.Kind.class);
    for (int i = 0; i < relationships.size(); i++) {
      Relationship relationship = relationships.get(i);
      String path = "relationships[" + i + "]";
      if ((relationship.personId() == null) == (relationship.name() == null)) {
        violations.add(path, "id-or-name", "needs either personId or name");
      }
      if (relationship.name() != null) {
        NameText.inText(relationship.name(), NameText.LONGEST_TEXT)
            .ifPresent(fault -> violations.add(path + ".name", fault.rule(), fault.detail()));
      }
      Relationship.Kind kind = relationship.kind();
      if (counts.merge(kind, 1, Integer::sum) > kind.most()) {
        violations.add(
            path + ".kind", "one-of-a-kind", "is given more than " + kind.most() + " times");
      }
    }
  }

  /** What holds for ways to reach somebody. */
  public void contact(String field, @Nullable Contact contact, Violations violations) {
    if (contact != null) {
      if (contact.phone() != null && !PHONE.matcher(contact.phone()).matches()) {
        violations.add(field + ".phone", "e164", "is no E.164 number");
      }
      if (contact.email() != null && !EMAIL.matcher(contact.email()).matches()) {
        violations.add(field + ".email", "email", "is no mail address");
      }
    }
  }

  /** What holds for a reference to a photo. */
  public void photoReference(String field, @Nullable String photo, Violations violations) {
    if (photo != null && !REFERENCE.matcher(photo).matches()) {
      violations.add(field, "reference", "is no reference of at most 200 signs");
    }
  }
}
