package org.mekong.registry.search.index;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.residence.Residence;

/**
 * Reads ranges of the index. No scan reads more rows than its caller says, and none is withheld.
 */
@ApplicationScoped
public class IndexScan {

  private static final String LONGER =
      """
      with recursive longer as (
        (select word from name_index where word >= ? and word < ? order by word limit 1)
        union all
        select (select n.word from name_index n where n.word > l.word and n.word < ?
                order by n.word limit 1)
        from longer l where l.word is not null)
      select word from longer where word is not null limit ?""";
  private static final String NAMES =
      "select person_id, name from name_index where person_id = any (?) and not withheld"
          + " group by person_id, name";

  /** The words under which everybody with a residence of a kind stands. */
  public static Set<String> everybody(Residence.Kind kind) {
    return Set.of(Row.word(kind));
  }

  /** A sound as the index keeps it. */
  public static String word(String sound) {
    return Row.cut(sound);
  }

  /** Those who stand under one of these words, or nothing when they are more than so many. */
  public Optional<List<Hit>> hits(
      Connection transaction, Collection<String> words, Narrowing by, int most)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(statement(by))) {
      int at = 1;
      select.setArray(at++, transaction.createArrayOf("text", words.toArray()));
      for (List<Integer> choice : List.of(by.birthYears(), by.birthDays(), by.sexes())) {
        if (!choice.isEmpty()) {
          select.setArray(at++, transaction.createArrayOf("int2", choice.toArray()));
        }
      }
      if (by.province() != null) {
        select.setString(at++, by.province());
      }
      select.setInt(at, most + 1);
      List<Hit> hits = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          hits.add(
              new Hit(
                  rows.getObject(1, UUID.class),
                  rows.getInt(2),
                  rows.getInt(3),
                  rows.getInt(4),
                  rows.getBoolean(5),
                  rows.getString(6)));
        }
      }
      return hits.size() > most ? Optional.empty() : Optional.of(hits);
    }
  }

  /** The words of the index that begin so, or nothing when they are more than so many. */
  public Optional<Set<String>> longer(Connection transaction, Collection<String> prefixes, int most)
      throws SQLException {
    Set<String> words = new LinkedHashSet<>();
    for (String prefix : prefixes) {
      String end = prefix + '{'; // what follows z in ASCII: words are small letters and digits
      try (PreparedStatement select = transaction.prepareStatement(LONGER)) {
        select.setString(1, prefix);
        select.setString(2, end);
        select.setString(3, end);
        select.setInt(4, most + 1);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            words.add(rows.getString(1));
          }
        }
      }
      if (words.size() > most) {
        return Optional.empty();
      }
    }
    return Optional.of(words);
  }

  /** The names, now and before, of those of these persons who are not withheld. */
  public Map<UUID, List<String>> names(Connection transaction, Collection<UUID> ids)
      throws SQLException {
    Map<UUID, List<String>> names = new HashMap<>();
    try (PreparedStatement select = transaction.prepareStatement(NAMES)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          names
              .computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
              .add(rows.getString(2));
        }
      }
    }
    return names;
  }

  private static String statement(Narrowing by) {
    return "select person_id, birth_year, birth_day, sex, former, name from name_index"
        + " where word = any (?)"
        + (by.birthYears().isEmpty() ? "" : " and birth_year = any (?)")
        + (by.birthDays().isEmpty() ? "" : " and birth_day = any (?)")
        + (by.sexes().isEmpty() ? "" : " and sex = any (?)")
        + (by.province() == null ? "" : " and province = ?")
        + " and not withheld limit ?";
  }
}
