package org.mekong.registry.feed.append;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** A person as the feed tells of them; somebody hidden is nobody. */
  private record Sight(boolean shown, @Nullable String province) {

    /** Of somebody who may have been merged into another; those of the event are in step. */
    static Sight of(Optional<Person> person, Map<UUID, Timeline> lives) {
      boolean shown = person.isPresent() && !isWithheld(person);
      UUID survivor = person.map(Person::mergedInto).orElse(null);
      if (survivor != null && isWithheld(now(lives.get(survivor)))) {
        shown = false;
      }
      return new Sight(shown, shown ? person.map(PersonTable::province).orElse(null) : null);
    }

    private static boolean isWithheld(Optional<Person> person) {
      return person.filter(of -> of.particulars().withheld()).isPresent();
    }
  }

  @Override
  public void update(
      Connection transaction, List<Timelines.Addition> additions, Map<UUID, Timeline> lives)
      throws SQLException {
    Map<UUID, Timeline> past = past(additions);
    List<@Nullable Object[]> arrivals = new ArrayList<>();
    List<UUID> hidden = new ArrayList<>();
    List<UUID> back = new ArrayList<>();
    for (Timelines.Addition addition : additions) {
      UUID person = addition.personId();
      boolean newcomer = addition.from() == 0;
      Sight before = Sight.of(now(past.get(person)), past);
      Sight after = Sight.of(now(lives.get(person)), lives);
      arrive(addition, before, after, arrivals);
      if (newcomer && after.shown || !newcomer && before.shown == after.shown) {
        continue;
      }
      (after.shown ? back : hidden).add(person);
      for (Hidden.Merged merged : Hidden.mergedInto(transaction, person, addition.entries())) {
        (after.shown ? back : hidden).add(merged.personId());
        arrivals.add(turned(merged, after.shown, addition.entries().getLast()));
      }
    }
    Hidden.hide(transaction, hidden);
    Hidden.show(transaction, back);
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

  private static @Nullable Object[] turned(
      Hidden.Merged merged, boolean shown, Timeline.Entry last) {
    return new @Nullable Object[] {
      merged.personId(),
      null,
      FeedTypes.turn(!shown, shown),
      shown ? merged.province() : null,
      shown ? null : merged.province(),
      last.recordedAt().atOffset(ZoneOffset.UTC)
    };
  }

  /** The lives until now of those who are not new. */
  private static Map<UUID, Timeline> past(List<Timelines.Addition> additions) {
    Map<UUID, Timeline> past = new HashMap<>();
    for (Timelines.Addition addition : additions) {
      if (addition.from() > 0) {
        List<Timeline.Entry> known = addition.entries().subList(0, addition.from());
        past.put(addition.personId(), Timeline.asFarAsItHolds(known));
      }
    }
    return past;
  }

  private static Optional<Person> now(@Nullable Timeline timeline) {
    return timeline == null ? Optional.empty() : timeline.latest().map(Timeline.Version::person);
  }
}
