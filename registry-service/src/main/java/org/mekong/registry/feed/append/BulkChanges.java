package org.mekong.registry.feed.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.PersonTable;

/**
 * Brings persons who are loaded in bulk into the feed: one row for a whole batch, in the
 * transaction that loads it. The entries themselves are looked up in {@code person_event} when
 * their turn comes. Kept and filled again for batch after batch. Not thread-safe.
 */
public final class BulkChanges {

  private static final String ARRIVE =
      "insert into change_arrival (entries, persons, firsts, lasts, provinces)"
          + " values (?, ?, ?, ?, ?)";
  private static final String HIDE =
      "insert into change_hidden (person_id) select unnest(?::uuid[]) on conflict do nothing";

  private final List<UUID> persons = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>();
  private final List<Integer> lasts = new ArrayList<>();
  private final List<@Nullable String> provinces = new ArrayList<>();
  private final List<UUID> hidden = new ArrayList<>();
  private int entries;

  /**
   * Adds somebody who enters the register with this batch.
   *
   * @param person as they are after all of it
   * @param last how many rows they have in {@code person_event}; their {@code seq} begins at 1
   */
  public void enter(Person person, int last) {
    boolean withheld = person.particulars().withheld();
    persons.add(person.id());
    firsts.add(1);
    lasts.add(last);
    provinces.add(withheld ? null : PersonTable.province(person));
    if (withheld) {
      hidden.add(person.id());
    }
    entries += last;
  }

  /** Writes the batch, after its rows in {@code person_event}, and forgets it. */
  public void write(Connection transaction) throws SQLException {
    if (persons.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = transaction.prepareStatement(ARRIVE)) {
      insert.setInt(1, entries);
      insert.setArray(2, transaction.createArrayOf("uuid", persons.toArray()));
      insert.setArray(3, transaction.createArrayOf("integer", firsts.toArray()));
      insert.setArray(4, transaction.createArrayOf("integer", lasts.toArray()));
      insert.setArray(5, transaction.createArrayOf("text", provinces.toArray()));
      insert.executeUpdate();
    }
    if (!hidden.isEmpty()) {
      try (PreparedStatement insert = transaction.prepareStatement(HIDE)) {
        insert.setArray(1, transaction.createArrayOf("uuid", hidden.toArray()));
        insert.executeUpdate();
      }
    }
    forget();
  }

  /** Forgets what was added, after a transaction that was rolled back. */
  public void forget() {
    persons.clear();
    firsts.clear();
    lasts.clear();
    provinces.clear();
    hidden.clear();
    entries = 0;
  }
}
