package org.mekong.registry.statistics.count;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.RegistrationPlace;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonTable;
import org.mekong.registry.relationship.Relationship;

/**
 * What lives add, all of them together. The parts of a life follow from its timeline alone, so a
 * change takes away those of the timeline before and adds those of the one after; whatever a late
 * registration, correction, annulment, merge or split does to the life, it does to the figures. Not
 * thread-safe.
 */
final class Parts {

  /** Raised whenever another part follows from the same life: everything is counted anew then. */
  static final int RULES = 1;

  private static final Part HELD = new Part.Held();
  private static final String CORRECTION = "correction";
  private static final Set<String> BIRTHS = Set.of("live_birth", CORRECTION);
  private static final Set<String> DEATHS = Set.of("death", CORRECTION);
  private static final Set<String> COUPLES = Set.of("marriage", "divorce", CORRECTION);

  private final NationProfile profile;
  private final Map<Part, Long> amounts = new LinkedHashMap<>();

  Parts(NationProfile profile) {
    this.profile = profile;
  }

  /** What came together; nothing that cancelled out. */
  Map<Part, Long> amounts() {
    return amounts;
  }

  /**
   * Adds a life once, or takes it away.
   *
   * @param sign 1 or -1
   */
  void add(UUID personId, Timeline life, int sign) {
    if (life.latest().isEmpty()) {
      return;
    }
    put(HELD, sign);
    for (Timeline.Entry entry : life.entries()) {
      couple(personId, entry, sign);
    }
    if (life.latest().get().person().mergedInto() != null) {
      return; // whatever is theirs is the survivor's
    }
    Timeline.Version before = null;
    for (Timeline.Version version : life.versions()) {
      lived(before, version, sign);
      moved(before, version, sign);
      happened(before, version, sign);
      before = version;
    }
  }

  private void lived(Timeline.@Nullable Version before, Timeline.Version now, int sign) {
    int month = Math.max(Months.of(now.from()), Months.FIRST - 1);
    Part.Lived ended = before == null ? null : home(before.person(), month);
    Part.Lived begun = home(now.person(), month);
    if (!Objects.equals(ended, begun)) {
      if (ended != null) {
        put(ended, -sign);
      }
      if (begun != null) {
        put(begun, sign);
      }
    }
  }

  private static Part.@Nullable Lived home(Person person, int month) {
    String province = province(person);
    Particulars of = person.particulars();
    return of.lifeStatus() == LifeStatus.DEAD || province.isEmpty()
        ? null
        : new Part.Lived(month, province, sex(of), cohort(of.dateOfBirth()));
  }

  private void moved(Timeline.@Nullable Version before, Timeline.Version now, int sign) {
    int month = Months.of(now.from());
    if (before == null || month < Months.FIRST) {
      return;
    }
    String from = province(before.person());
    String to = province(now.person());
    if (!from.equals(to)) {
      put(new Part.Moved(month, from, to, sex(now.person().particulars())), sign);
    }
  }

  private void happened(Timeline.@Nullable Version before, Timeline.Version now, int sign) {
    Timeline.Entry entry = now.entry();
    Particulars of = now.person().particulars();
    if (before == null && BIRTHS.contains(entry.type())) {
      put(happened(Part.Side.CHILD, entry, birthplace(now.person()), sex(of)), sign);
    } else if (DEATHS.contains(entry.type())
        && entry.changes().stream().anyMatch(Change.Died.class::isInstance)) {
      put(happened(Part.Side.DECEASED, entry, province(now.person()), sex(of)), sign);
    }
  }

  /** Of two who stand in the register, one counts for both. */
  private void couple(UUID personId, Timeline.Entry entry, int sign) {
    if (!COUPLES.contains(entry.type())) {
      return;
    }
    for (Change change : entry.changes()) {
      Relationship spouse =
          switch (change) {
            case Change.Married married -> married.spouse();
            case Change.MarriageEnded ended -> ended.spouse();
            default -> null;
          };
      if (spouse != null
          && (spouse.personId() == null || personId.compareTo(spouse.personId()) < 0)) {
        put(happened(Part.Side.SPOUSE, entry, "", 0), sign);
      }
    }
  }

  private static Part happened(Part.Side side, Timeline.Entry entry, String province, int sex) {
    return new Part.Happened(side, entry.eventId(), province, sex, entry.occurredOn());
  }

  private static String province(Person person) {
    return Objects.requireNonNullElse(PersonTable.province(person), "");
  }

  /** Where the newborn lives; where that is not declared, where the birth was registered. */
  private String birthplace(Person child) {
    String home = province(child);
    if (!home.isEmpty()) {
      return home;
    }
    RegistrationPlace place =
        profile.registrationPlaces().get(child.particulars().placeOfBirthRegistration());
    return place == null ? "" : place.province();
  }

  private static int sex(Particulars of) {
    return of.sex() == Sex.MALE || of.sex() == Sex.FEMALE ? of.sex().code() : 0;
  }

  /** A day that is not known is put in the middle of what is. */
  private static int cohort(PartialDate birth) {
    LocalDate day =
        birth.day() != null
            ? birth.earliest()
            : birth.month() != null
                ? birth.earliest().withDayOfMonth(16)
                : LocalDate.of(birth.year(), 7, 1);
    return Months.of(day.minusDays(1));
  }

  private void put(Part part, int amount) {
    amounts.merge(part, (long) amount, (a, b) -> a + b == 0 ? null : a + b);
  }
}
