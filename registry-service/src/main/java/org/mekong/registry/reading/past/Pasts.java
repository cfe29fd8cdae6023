package org.mekong.registry.reading.past;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.person.storage.Timelines;

/**
 * What was recorded on persons: one range of the key of {@code person_event} for each. Works in the
 * caller's transaction.
 */
@ApplicationScoped
public class Pasts {

  private static final String COLUMNS =
      "e.person_id, e.seq, e.event_id, e.type, e.role, e.occurred_on, e.recorded_at,"
          + " e.supersedes, e.changes";
  private static final String BY_ID =
      "select " + COLUMNS + " from person_event e where e.person_id = ? order by e.seq";
  private static final String BY_NUMBER =
      "select "
          + COLUMNS
          + " from identifier i join person_event e on e.person_id = i.person_id"
          + " where i.number = ? order by e.seq";
  private static final String OF_MANY =
      "select "
          + COLUMNS
          + " from person_event e where e.person_id = any (?) order by e.person_id, e.seq";

  /**
   * What was recorded on the person whom a key points at today; nothing when it points at nobody
   * and never did.
   */
  public Optional<Past> find(Connection transaction, People.Key key) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(key instanceof People.Key.ById ? BY_ID : BY_NUMBER)) {
      switch (key) {
        case People.Key.ById(UUID id) -> select.setObject(1, id);
        case People.Key.ByNumber(String number) -> select.setString(1, number);
      }
      return read(select).stream().findFirst();
    }
  }

  /** The same for several persons, in the order of their keys. */
  public List<Past> find(Connection transaction, Collection<UUID> ids) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(OF_MANY)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      return read(select);
    }
  }

  private static List<Past> read(PreparedStatement select) throws SQLException {
    Map<UUID, List<Timeline.Entry>> entries = new LinkedHashMap<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries
            .computeIfAbsent(rows.getObject("person_id", UUID.class), any -> new ArrayList<>())
            .add(Timelines.entry(rows));
      }
    }
    return entries.entrySet().stream()
        .map(person -> new Past(person.getKey(), person.getValue()))
        .toList();
  }
}
