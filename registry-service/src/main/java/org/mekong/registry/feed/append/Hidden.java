package org.mekong.registry.feed.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;

/** Persons of whom the feed shows nothing, and with them those who were merged into them. */
final class Hidden {

  private static final String HIDE =
      "insert into change_hidden (person_id) values (?) on conflict do nothing";
  private static final String SHOW = "delete from change_hidden where person_id = ?";
  private static final String MERGED =
      "select p.person_id, p.province from vital_event v, unnest(v.persons) of_event (person_id)"
          + " join person p using (person_id)"
          + " where v.event_id = any (?) and p.merged_into = ?";

  private Hidden() {}

  /** Somebody who was merged into another. */
  record Merged(UUID personId, @Nullable String province) {}

  static void hide(Connection transaction, Collection<UUID> persons) throws SQLException {
    write(transaction, HIDE, persons);
  }

  static void show(Connection transaction, Collection<UUID> persons) throws SQLException {
    write(transaction, SHOW, persons);
  }

  /** Those who were merged into somebody, told from the merges in the life. */
  static List<Merged> mergedInto(
      Connection transaction, UUID survivor, List<Timeline.Entry> entries) throws SQLException {
    List<UUID> merges = new ArrayList<>();
    for (Timeline.Entry entry : entries) {
      if (entry.changes().stream().anyMatch(Change.Absorbed.class::isInstance)) {
        merges.add(entry.eventId());
      }
    }
    List<Merged> merged = new ArrayList<>();
    if (merges.isEmpty()) {
      return merged;
    }
    try (PreparedStatement select = transaction.prepareStatement(MERGED)) {
      select.setArray(1, transaction.createArrayOf("uuid", merges.toArray()));
      select.setObject(2, survivor);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          merged.add(new Merged(row.getObject(1, UUID.class), row.getString(2)));
        }
      }
    }
    return merged;
  }

  private static void write(Connection transaction, String statement, Collection<UUID> persons)
      throws SQLException {
    if (persons.isEmpty()) {
      return;
    }
    try (PreparedStatement prepared = transaction.prepareStatement(statement)) {
      for (UUID person : persons) {
        prepared.setObject(1, person);
        prepared.addBatch();
      }
      prepared.executeBatch();
    }
  }
}
