package org.mekong.registry.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.reading.Page;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Past;
import org.mekong.registry.reading.past.Pasts;
import org.mekong.registry.reading.past.Sight;
import org.mekong.registry.reading.past.Sights;

/**
 * Reads the history of a person over the one desk. Nothing is found where the person could not be
 * read at the moment either.
 */
@ApplicationScoped
class HistoryReader {

  private static final String REGISTERED =
      "select event_id, registered_on from vital_event where event_id = any (?)";
  private static final Comparator<Entry> AS_IT_HAPPENED =
      Comparator.comparing(HistoryReader::day)
          .thenComparing(entry -> !enters(entry))
          .thenComparing(Entry::seq);

  private final Pasts pasts;
  private final Sights sights;
  private final PersonReader reader;
  private final DisclosureDesk desk;
  private final NationProfile profile;

  HistoryReader(
      Pasts pasts, Sights sights, PersonReader reader, DisclosureDesk desk, NationProfile profile) {
    this.pasts = pasts;
    this.sights = sights;
    this.reader = reader;
    this.desk = desk;
    this.profile = profile;
  }

  /** Something to be told of a person's past. */
  @FunctionalInterface
  private interface Telling<T> {
    Optional<T> of(Connection transaction, Past past) throws SQLException;
  }

  private <T> Disclosed<Optional<T>> tell(Enquiry enquiry, UUID person, Telling<T> telling) {
    return desk.give(
        enquiry,
        transaction -> {
          Optional<Past> past = pasts.find(transaction, new People.Key.ById(person));
          Optional<T> told =
              past.isEmpty() ? Optional.empty() : telling.of(transaction, past.get());
          UUID subject = past.isEmpty() ? UUID.randomUUID() : person;
          return new Finding<>(told, told.isPresent(), List.of(subject));
        });
  }

  /** How long each value of some fields held, as known at a moment, up to its day. */
  Disclosed<Optional<PartView.Found>> periods(
      Enquiry enquiry, UUID person, Moment moment, Set<PersonField> fields, boolean events) {
    return tell(
        enquiry,
        person,
        (transaction, past) ->
            switch (sights.at(transaction, past, moment)) {
              case Sight.Nobody nobody -> Optional.empty();
              case Sight.Elsewhere(UUID survivor) ->
                  Optional.of(new PartView.Found(items(past, moment, fields, events), survivor));
              case Sight.Present present ->
                  Optional.of(new PartView.Found(items(past, moment, fields, events), null));
            });
  }

  private List<PartView.Item> items(
      Past past, Moment moment, Set<PersonField> fields, boolean events) {
    return Period.of(past.versions(moment), facts(fields)).stream()
        .map(
            period ->
                PartView.Item.of(
                    period,
                    past.declaredUntil(period.by(), profile.zone())
                        .filter(period.from()::isBefore)
                        .isPresent(),
                    events))
        .toList();
  }

  /** The differences between two moments, at one of which at least there is somebody. */
  Disclosed<Optional<DiffView.Found>> differences(
      Enquiry enquiry, UUID person, Moment from, Moment to, Set<PersonField> fields) {
    return tell(
        enquiry,
        person,
        (transaction, past) -> {
          boolean before = !(sights.at(transaction, past, from) instanceof Sight.Nobody);
          boolean after = !(sights.at(transaction, past, to) instanceof Sight.Nobody);
          return before || after
              ? Optional.of(
                  new DiffView.Found(
                      before, after, Difference.between(past, from, to, pointing(fields))))
              : Optional.empty();
        });
  }

  /** A page of the events of a life, as known at a moment, up to its day. */
  Disclosed<Optional<EventsView.Found>> events(
      Enquiry enquiry, UUID person, Moment moment, Page page) {
    return tell(
        enquiry,
        person,
        (transaction, past) ->
            sights.at(transaction, past, moment) instanceof Sight.Nobody
                ? Optional.empty()
                : Optional.of(events(transaction, past, moment, page)));
  }

  private static EventsView.Found events(
      Connection transaction, Past past, Moment moment, Page page) throws SQLException {
    List<Entry> known = past.known(moment.knownAt());
    List<Entry> effective = Timeline.effective(known);
    LocalDate day = moment.asOf();
    List<Entry> happened =
        known.stream()
            .filter(entry -> day == null || !entry.occurredOn().earliest().isAfter(day))
            .sorted(AS_IT_HAPPENED)
            .toList();
    int from = page.after() == null ? 0 : position(happened, page.after()) + 1;
    List<Entry> shown = happened.stream().skip(from).limit(page.limit()).toList();
    Map<UUID, LocalDate> registered = registered(transaction, shown);
    List<EventsView.Item> items =
        shown.stream()
            .map(
                entry ->
                    new EventsView.Item(
                        entry.eventId(),
                        entry.type(),
                        entry.role(),
                        entry.occurredOn().toString(),
                        registered.get(entry.eventId()),
                        entry.recordedAt(),
                        entry.supersedes(),
                        effective.contains(entry),
                        Difference.superseding(entry, known).map(Entry::eventId).orElse(null)))
            .toList();
    boolean more = happened.size() > from + shown.size();
    return new EventsView.Found(items, more ? position(shown.getLast()) : null);
  }

  private static int position(List<Entry> entries, UUID position) {
    for (int i = 0; i < entries.size(); i++) {
      if (position(entries.get(i)).equals(position)) {
        return i;
      }
    }
    throw Page.foreignCursor();
  }

  private static Map<UUID, LocalDate> registered(Connection transaction, List<Entry> entries)
      throws SQLException {
    Map<UUID, LocalDate> registered = new HashMap<>();
    try (PreparedStatement select = transaction.prepareStatement(REGISTERED)) {
      select.setArray(
          1, transaction.createArrayOf("uuid", entries.stream().map(Entry::eventId).toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          registered.put(rows.getObject(1, UUID.class), rows.getObject(2, LocalDate.class));
        }
      }
    }
    return registered;
  }

  /** One event may stand twice in a life, so the entry is what a page ends at. */
  private static UUID position(Entry entry) {
    return new UUID(0, entry.seq());
  }

  /** A death of which only year or month is known comes after what is known of that time. */
  private static LocalDate day(Entry entry) {
    boolean death = entry.changes().stream().anyMatch(Change.Died.class::isInstance);
    return death ? entry.occurredOn().latest() : entry.occurredOn().earliest();
  }

  private static boolean enters(Entry entry) {
    return !entry.changes().isEmpty() && entry.changes().getFirst() instanceof Change.Entered;
  }

  /** Nothing holds any more of a record that was merged. */
  private Function<Person, Map<String, Object>> facts(Set<PersonField> fields) {
    return person ->
        person.mergedInto() == null ? reader.members(person, fields, PersonField::code) : Map.of();
  }

  /** The same, with where to look. */
  private Function<Person, Map<String, Object>> pointing(Set<PersonField> fields) {
    Function<Person, Map<String, Object>> facts = facts(fields);
    return person ->
        person.mergedInto() == null
            ? facts.apply(person)
            : Map.of("merged_into", person.mergedInto());
  }
}
