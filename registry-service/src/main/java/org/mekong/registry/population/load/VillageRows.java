package org.mekong.registry.population.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.feed.append.BulkChanges;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonTable;
import org.mekong.registry.population.book.Life;
import org.mekong.registry.population.village.Village;
import org.mekong.registry.search.index.Listing;
import org.mekong.registry.search.index.NameIndex;
import org.mekong.registry.statistics.count.Tally;
import org.mekong.registry.vitalevent.book.EventTable;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * The rows of a village in every table of the register. Kept and filled again for village after
 * village. Not thread-safe.
 */
public final class VillageRows {

  private final Map<PersonTable, CopyRows> persons = new EnumMap<>(PersonTable.class);
  private final CopyRows events;
  private final CopyRows words;
  private final BulkChanges changes = new BulkChanges();

  private final NationProfile profile;
  private final List<Tally.Newcomer> newcomers = new ArrayList<>();
  private final List<RegisteredEvent> happened = new ArrayList<>();

  /** Rows for the tables of a connection's database. */
  public VillageRows(Connection connection, NationProfile profile) throws SQLException {
    this.profile = profile;
    for (PersonTable table : PersonTable.values()) {
      persons.put(table, CopyRows.of(connection, table.copy()));
    }
    events = CopyRows.of(connection, EventTable.copy());
    words = CopyRows.of(connection, NameIndex.COPY);
  }

  /** Adds the rows of a village. */
  void add(Village village) {
    village.lives().stream().sorted(Comparator.comparing(Life::id)).forEach(this::add);
    village.events().forEach(this::add);
  }

  /** Adds the row of an event. */
  public void add(RegisteredEvent event) {
    events.row(EventTable.row(event));
    happened.add(event);
  }

  /** Sends the rows and forgets them. */
  public void send(Connection transaction) throws SQLException {
    for (CopyRows table : persons.values()) {
      table.send(transaction);
    }
    events.send(transaction);
    words.send(transaction);
    changes.write(transaction);
    Tally.addInBulk(transaction, profile, newcomers, happened);
    newcomers.clear();
    happened.clear();
  }

  private void add(Life life) {
    add(life.person(), life.entries(), life.timeline());
  }

  /**
   * Adds the rows of somebody whom the register does not hold yet.
   *
   * @param entries everything recorded on them, in the order of recording
   * @param timeline what follows from the entries
   */
  public void add(Person person, List<Timeline.Entry> entries, Timeline timeline) {
    newcomers.add(new Tally.Newcomer(person.id(), timeline));
    Instant first = entries.getFirst().recordedAt();
    Instant last = entries.getLast().recordedAt();
    rows(PersonTable.PERSON).row(PersonTable.row(person, entries.size(), first, last));
    changes.enter(person, entries.size());
    List<PersonName> formerNames =
        renamed(entries) ? NameIndex.formerNames(person, timeline) : List.of();
    Listing.of(person, formerNames)
        .ifPresent(listing -> NameIndex.rows(listing).forEach(words::row));
    Set<UUID> households = new LinkedHashSet<>();
    for (Timeline.Entry entry : entries) {
      rows(PersonTable.PERSON_EVENT).row(PersonTable.row(person.id(), entry));
      entry.changes().forEach(change -> household(change, households));
    }
    for (UUID household : households) {
      rows(PersonTable.HOUSEHOLD_MEMBER).row(household, person.id());
    }
    rows(PersonTable.IDENTIFIER).row(person.personalNumber(), person.id());
    for (String number : person.earlierNumbers()) {
      rows(PersonTable.IDENTIFIER).row(number, person.id());
    }
  }

  private static boolean renamed(List<Timeline.Entry> entries) {
    for (Timeline.Entry entry : entries) {
      for (Change change : entry.changes()) {
        if (change instanceof Change.NamesChanged) {
          return true;
        }
      }
    }
    return false;
  }

  private static void household(Change change, Set<UUID> into) {
    Household household =
        switch (change) {
          case Change.Entered(Person person) -> person.particulars().household();
          case Change.HouseholdChanged(Household to) -> to;
          default -> null;
        };
    if (household != null) {
      into.add(household.id());
    }
  }

  private CopyRows rows(PersonTable table) {
    return persons.get(table);
  }
}
