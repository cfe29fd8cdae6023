package org.mekong.registry.matching.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.block.BlockingKeys;
import org.mekong.registry.matching.block.Keyed;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.rule.BlockingKey;
import org.mekong.registry.person.storage.PersonJson;

/**
 * Some persons who follow each other by key.
 *
 * @param persons each with the version that was read, and what is compared of them, if anything is
 */
record Stretch(Map<UUID, Read> persons, @Nullable UUID last) {

  private static final String NEXT =
      "select person_id, version, document from person where person_id > ?"
          + " order by person_id limit ?";
  private static final UUID FIRST = new UUID(0, 0);

  /** A person as they were read. */
  record Read(int version, Optional<Traits> traits) {}

  /** The persons after a place. */
  static Stretch after(Connection transaction, @Nullable UUID place, int most) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(NEXT)) {
      select.setObject(1, place == null ? FIRST : place);
      select.setInt(2, most);
      Map<UUID, Read> persons = new LinkedHashMap<>();
      UUID last = place;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          last = rows.getObject(1, UUID.class);
          Optional<Traits> traits = Traits.of(PersonJson.person(rows.getString(3)));
          persons.put(last, new Read(rows.getInt(2), traits));
        }
      }
      return new Stretch(persons, last);
    }
  }

  Set<UUID> ids() {
    return persons.keySet();
  }

  /** What is compared, by person. */
  Map<UUID, Traits> traits() {
    return persons.values().stream()
        .flatMap(person -> person.traits().stream())
        .collect(Collectors.toMap(Traits::id, traits -> traits));
  }

  /** The blocking keys by some rules. */
  List<Keyed> keyed(List<BlockingKey> blocking) {
    List<Keyed> keyed = new ArrayList<>();
    for (Traits traits : traits().values()) {
      keyed.add(new Keyed(traits.id(), BlockingKeys.of(blocking, traits)));
    }
    return keyed;
  }
}
