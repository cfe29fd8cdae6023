package org.mekong.registry.household;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonJson;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Past;
import org.mekong.registry.reading.past.Pasts;
import org.mekong.registry.reading.past.Sight;
import org.mekong.registry.reading.past.Sights;

/**
 * Who belongs to a household. The table holds everyone who ever did, by one range of its key; each
 * person's own life says when. Works in the caller's transaction.
 */
@ApplicationScoped
class HouseholdMembers implements Timelines.Projection {

  /** Persons looked at in one step: more than a household has. */
  private static final int STEP = 100;

  private static final String EVER =
      "select person_id from household_member where household_id = ? and person_id > ?"
          + " order by person_id limit "
          + STEP;
  private static final String NOW =
      "select document from person where person_id = any (?) order by person_id";
  private static final String JOIN =
      "insert into household_member (household_id, person_id) values (?, ?) on conflict do nothing";
  private static final UUID FIRST = new UUID(0, 0);

  private final Pasts pasts;
  private final Sights sights;

  HouseholdMembers(Pasts pasts, Sights sights) {
    this.pasts = pasts;
    this.sights = sights;
  }

  /**
   * Members in the order of their keys.
   *
   * @param withheld keys of members who may not be shown, to be noted only
   */
  record Members(List<Person> shown, List<UUID> withheld) {
    Members {
      shown = List.copyOf(shown);
      withheld = List.copyOf(withheld);
    }
  }

  /** The members at a moment after a key, at most so many. */
  Members find(
      Connection transaction, UUID household, Moment moment, @Nullable UUID after, int limit)
      throws SQLException {
    List<Person> shown = new ArrayList<>();
    List<UUID> withheld = new ArrayList<>();
    UUID position = after == null ? FIRST : after;
    List<UUID> step = ever(transaction, household, position);
    while (!step.isEmpty() && shown.size() < limit) {
      if (moment.isNow()) {
        now(transaction, household, step, shown, withheld);
      } else {
        at(transaction, household, moment, step, shown, withheld);
      }
      position = step.getLast();
      step = step.size() < STEP ? List.of() : ever(transaction, household, position);
    }
    return new Members(shown.stream().limit(limit).toList(), withheld);
  }

  private static List<UUID> ever(Connection transaction, UUID household, UUID after)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(EVER)) {
      select.setObject(1, household);
      select.setObject(2, after);
      List<UUID> ids = new ArrayList<>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  private static void now(
      Connection transaction,
      UUID household,
      List<UUID> ids,
      List<Person> shown,
      List<UUID> withheld)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(NOW)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          Person person = PersonJson.person(rows.getString(1));
          if (!belongs(person, household)) {
            continue;
          }
          if (person.particulars().withheld()) {
            withheld.add(person.id());
          } else {
            shown.add(person);
          }
        }
      }
    }
  }

  private void at(
      Connection transaction,
      UUID household,
      Moment moment,
      List<UUID> ids,
      List<Person> shown,
      List<UUID> withheld)
      throws SQLException {
    for (Past past : pasts.find(transaction, ids)) {
      Optional<Person> then = past.at(moment).filter(person -> belongs(person, household));
      if (then.isEmpty()) {
        continue;
      }
      if (sights.at(transaction, past, moment) instanceof Sight.Present) {
        shown.add(then.get());
      } else {
        withheld.add(past.personId());
      }
    }
  }

  private static boolean belongs(Person person, UUID household) {
    Household of = person.particulars().household();
    return of != null && of.id().equals(household);
  }

  /** Notes the households of the past too, as of a move that is registered late. */
  @Override
  public void update(Connection transaction, UUID personId, Timeline timeline) throws SQLException {
    Set<UUID> households = new HashSet<>();
    for (Timeline.Version version : timeline.versions()) {
      household(version).ifPresent(households::add);
    }
    timeline.latest().flatMap(HouseholdMembers::household).ifPresent(households::remove);
    for (UUID household : households) {
      try (PreparedStatement insert = transaction.prepareStatement(JOIN)) {
        insert.setObject(1, household);
        insert.setObject(2, personId);
        insert.executeUpdate();
      }
    }
  }

  private static Optional<UUID> household(Timeline.Version version) {
    return Optional.ofNullable(version.person().particulars().household()).map(Household::id);
  }
}
