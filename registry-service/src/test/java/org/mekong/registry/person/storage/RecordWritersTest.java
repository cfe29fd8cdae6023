package org.mekong.registry.person.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mekong.registry.identifier.LaoNumbers;
import org.mekong.registry.identifier.VietnameseNumbers;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.population.book.Life;
import org.mekong.registry.population.village.Settlement;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.rule.EventRules;

/** The hand-written writers beside databind, which knows every member of a record. */
class RecordWritersTest {

  private static final UUID ID = UUID.fromString("0193a5b2-7c11-7d33-9a55-000000000001");
  private static final JsonMapper DATABIND = PersonJson.mapper(false);
  private static final ObjectWriter CHANGES =
      DATABIND.writerFor(
          DATABIND.getTypeFactory().constructCollectionType(List.class, Change.class));

  @Test
  void writesEveryMemberThatHoldsSomething() throws JsonProcessingException {
    Place place = new Place("VN", "44", "Phường \"Đông Hà\"\t\\");
    Particulars full =
        new Particulars(
            List.of(
                new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Nguyễn", "Thị", "Hoa"),
                new PersonName(PersonName.Kind.ALIAS, NameScript.LAO, null, "", "ບຸນມີ")),
            new PartialDate(987, 3, null),
            Sex.FEMALE,
            place,
            "045",
            place,
            "01",
            "none",
            List.of("VN", "LA"),
            "O+",
            MaritalStatus.WIDOWED,
            LifeStatus.DEAD,
            new PartialDate(2020, null, null),
            List.of(new Residence(Residence.Kind.PERMANENT, place)),
            List.of(
                new Relationship(Relationship.Kind.MOTHER, ID, null),
                new Relationship(Relationship.Kind.FATHER, null, "Nguyễn Văn An")),
            new Household(ID, "head"),
            new Contact("+84901234567", "hoa@mail.example"),
            "photo/1",
            true);
    assertSame(new Person(ID, "045199000001", List.of("123456789"), full, ID));
  }

  @Test
  void leavesOutWhatIsEmpty() throws JsonProcessingException {
    Particulars empty =
        new Particulars(
            List.of(),
            new PartialDate(1990, null, null),
            Sex.NOT_KNOWN,
            null,
            "",
            null,
            null,
            "",
            List.of(),
            null,
            MaritalStatus.UNKNOWN,
            LifeStatus.ALIVE,
            null,
            List.of(),
            List.of(),
            null,
            new Contact(null, null),
            null,
            false);
    assertSame(new Person(ID, null, List.of(), empty, null));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void writesWholeLivesAsDatabindDoes(Nation nation) throws JsonProcessingException {
    NationProfile profile = NationProfile.of(nation);
    Clock clock = Clock.systemUTC();
    Settlement settlement =
        new Settlement(
            profile,
            nation == Nation.VN ? new VietnameseNumbers(profile) : new LaoNumbers("PPSYYRRRRRRR"),
            new EventRules(profile, new PersonRules(profile, clock), clock),
            500,
            1,
            LocalDate.of(2026, 1, 1));
    for (Life life : settlement.village(0).lives()) {
      assertSame(life.person());
      for (Timeline.Entry entry : life.entries()) {
        assertEquals(
            CHANGES.writeValueAsString(entry.changes()), PersonJson.write(entry.changes()));
      }
    }
  }

  private static void assertSame(Person person) throws JsonProcessingException {
    String text = PersonJson.write(person);
    assertEquals(DATABIND.writerFor(Person.class).writeValueAsString(person), text);
    assertEquals(text, PersonJson.write(PersonJson.person(text)));
  }
}
