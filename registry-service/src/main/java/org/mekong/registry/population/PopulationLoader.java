package org.mekong.registry.population;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonTable;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.search.index.Listing;
import org.mekong.registry.search.index.NameIndex;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventTable;
import org.mekong.registry.vitalevent.book.RegisteredEvent;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Loads a synthetic population by COPY, in one transaction: all of it is there, or nothing. Every
 * person keeps the rules of the API.
 */
@ApplicationScoped
class PopulationLoader {

  private static final int CHUNK = 2_000;
  private static final long LOCK = 0x6d656b6f6e67L;
  private final DataSource database;
  private final NationProfile profile;
  private final NumberScheme scheme;
  private final PersonRules rules;
  private final Clock clock;

  PopulationLoader(
      DataSource database,
      NationProfile profile,
      NumberScheme scheme,
      PersonRules rules,
      Clock clock) {
    this.database = database;
    this.profile = profile;
    this.scheme = scheme;
    this.rules = rules;
    this.clock = clock;
  }

  /** Whether the register holds nobody. */
  boolean isEmpty() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return isEmpty(connection);
    }
  }

  /**
   * Makes and loads a population as of the first day of this year.
   *
   * @param progress told how many persons are loaded
   */
  void load(int persons, long seed, IntConsumer progress) throws SQLException, IOException {
    LocalDate day = LocalDate.now(clock.withZone(profile.zone())).withDayOfYear(1);
    Families families = Families.plan(profile, persons, seed, day);
    Synthesis synthesis = new Synthesis(profile, scheme, families, seed, day);
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        lockEmpty(transaction);
        NameIndex.load(
            transaction,
            () -> {
              for (int from = 0; from < persons; from += CHUNK) {
                int to = Math.min(from + CHUNK, persons);
                copy(transaction, synthesis, from, to);
                progress.accept(to);
              }
            });
        transaction.commit();
      } catch (SQLException | IOException | RuntimeException e) {
        transaction.rollback();
        throw e;
      }
    }
  }

  private void copy(Connection transaction, Synthesis synthesis, int from, int to)
      throws SQLException, IOException {
    Map<PersonTable, CopyText> tables = new EnumMap<>(PersonTable.class);
    for (PersonTable table : PersonTable.values()) {
      tables.put(table, new CopyText());
    }
    CopyText events = new CopyText();
    CopyText words = new CopyText();
    Instant now = clock.instant();
    for (int i = from; i < to; i++) {
      Person person = synthesis.person(i);
      refuseViolations(person);
      enter(person, now, tables, events);
      Listing.of(person, List.of())
          .ifPresent(listing -> NameIndex.rows(listing).forEach(words::row));
    }
    CopyManager copies = transaction.unwrap(PGConnection.class).getCopyAPI();
    for (Map.Entry<PersonTable, CopyText> table : tables.entrySet()) {
      copies.copyIn(table.getKey().copy(), new StringReader(table.getValue().take()));
    }
    copies.copyIn(EventTable.copy(), new StringReader(events.take()));
    copies.copyIn(NameIndex.COPY, new StringReader(words.take()));
  }

  private void enter(
      Person person, Instant now, Map<PersonTable, CopyText> tables, CopyText events) {
    VitalEvent event = new VitalEvent.FirstRegistration(person.particulars(), List.of());
    Circumstances circumstances =
        new Circumstances(
            person.particulars().dateOfBirth(),
            LocalDate.ofInstant(now, profile.zone()),
            null,
            "synthetic",
            "synthetic",
            new Circumstances.LegalDocument("declaration", "synthetic", null, null));
    events.row(
        EventTable.row(
            new RegisteredEvent(
                person.id(), event, circumstances, now, null, List.of(person.id()))));
    Timeline.Entry entry =
        new Timeline.Entry(
            1,
            person.id(),
            event.type(),
            "person",
            person.particulars().dateOfBirth(),
            now,
            null,
            List.of(new Change.Entered(person)));
    tables.get(PersonTable.PERSON).row(PersonTable.row(person, 1, now, now));
    tables.get(PersonTable.PERSON_EVENT).row(PersonTable.row(person.id(), entry));
    tables.get(PersonTable.IDENTIFIER).row(person.personalNumber(), person.id());
    Household household = person.particulars().household();
    if (household != null) {
      tables.get(PersonTable.HOUSEHOLD_MEMBER).row(household.id(), person.id());
    }
  }

  private void refuseViolations(Person person) {
    List<Violation> violations = rules.check(person.particulars());
    if (!violations.isEmpty()) {
      throw new IllegalStateException("A synthetic person breaks " + violations.getFirst());
    }
  }

  private static void lockEmpty(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
    }
    if (!isEmpty(transaction)) {
      throw new IllegalStateException("The register is not empty");
    }
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select not exists (select 1 from person)")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
