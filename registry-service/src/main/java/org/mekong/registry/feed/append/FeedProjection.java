package org.mekong.registry.feed.append;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedTypes;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonTable;
import org.mekong.registry.person.storage.Timelines;

/**
 * Leaves an arrival for each entry that is added to a timeline, in the transaction that adds it.
 * Who becomes protected, or leaves the register, is told as withdrawn; who comes back, as restored;
 * both without the event.
 */
@ApplicationScoped
public class FeedProjection implements Timelines.Projection {

  private static final String ARRIVE =
      "insert into change_arrival (entries, person_id, event_id, type, province, left_province,"
          + " recorded_at) values (1, ?, ?, ?, ?, ?, ?)";
  private static final String HIDE =
      "insert into change_hidden (person_id) values (?) on conflict do nothing";
  private static final String SHOW = "delete from change_hidden where person_id = ?";

  /** A person as the feed tells of them; somebody hidden is nobody. */
  private record Sight(boolean shown, @Nullable String province) {

    static Sight of(Optional<Person> person) {
      return person
          .map(
              of ->
                  new Sight(
                      !of.particulars().withheld(),
                      of.particulars().withheld() ? null : PersonTable.province(of)))
          .orElse(new Sight(false, null));
    }
  }

  @Override
  public void update(
      Connection transaction, List<Timelines.Addition> additions, Map<UUID, Timeline> lives)
      throws SQLException {
    List<@Nullable Object[]> arrivals = new ArrayList<>();
    List<UUID> hidden = new ArrayList<>();
    List<UUID> back = new ArrayList<>();
    for (Timelines.Addition addition : additions) {
      UUID person = addition.personId();
      boolean newcomer = addition.from() == 0;
      Sight before = newcomer ? Sight.of(Optional.empty()) : before(addition);
      Sight after = Sight.of(now(lives.get(person)));
      if (!after.shown && (before.shown || newcomer)) {
        hidden.add(person);
      } else if (after.shown && !before.shown && !newcomer) {
        back.add(person);
      }
      arrive(addition, before, after, arrivals);
    }
    write(transaction, HIDE, hidden);
    write(transaction, SHOW, back);
    try (PreparedStatement insert = transaction.prepareStatement(ARRIVE)) {
      for (@Nullable Object[] arrival : arrivals) {
        for (int i = 0; i < arrival.length; i++) {
          insert.setObject(i + 1, arrival[i]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void arrive(
      Timelines.Addition addition, Sight before, Sight after, List<@Nullable Object[]> into) {
    String left =
        before.province != null && !before.province.equals(after.province) ? before.province : null;
    List<Timeline.Entry> added =
        addition.entries().subList(addition.from(), addition.entries().size());
    for (int i = 0; i < added.size(); i++) {
      Timeline.Entry entry = added.get(i);
      boolean last = i == added.size() - 1;
      String turn = last && addition.from() > 0 ? FeedTypes.turn(before.shown, after.shown) : null;
      into.add(
          new @Nullable Object[] {
            addition.personId(),
            turn == null ? entry.eventId() : null,
            turn == null ? entry.type() : turn,
            after.province,
            left,
            entry.recordedAt().atOffset(ZoneOffset.UTC)
          });
    }
  }

  /** What was told of the person until now. */
  private static Sight before(Timelines.Addition addition) {
    return Sight.of(now(Timeline.asFarAsItHolds(addition.entries().subList(0, addition.from()))));
  }

  private static Optional<Person> now(@Nullable Timeline timeline) {
    return timeline == null ? Optional.empty() : timeline.latest().map(Timeline.Version::person);
  }

  private static void write(Connection transaction, String statement, List<UUID> persons)
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
