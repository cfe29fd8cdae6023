package org.mekong.registry.vitalevent.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonJson;
import org.mekong.registry.person.storage.Timelines;

/** A register in memory that keeps changes and events in their stored form, as the tables do. */
final class MemoryLedger implements Ledger {

  private final Map<UUID, List<Timeline.Entry>> entries = new LinkedHashMap<>();
  private final Map<UUID, RegisteredEvent> events = new LinkedHashMap<>();
  private final Map<String, UUID> numbers = new HashMap<>();
  private final Map<UUID, String> documents = new HashMap<>();

  @Override
  public Map<UUID, List<Timeline.Entry>> hold(Set<UUID> persons) {
    return entries.entrySet().stream()
        .filter(of -> persons.contains(of.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, of -> List.copyOf(of.getValue())));
  }

  @Override
  public Set<UUID> household(UUID householdId) {
    return Set.copyOf(entries.keySet());
  }

  @Override
  public Optional<RegisteredEvent> find(UUID eventId) {
    return Optional.ofNullable(events.get(eventId));
  }

  @Override
  public String allocate(UUID personId, Particulars particulars) {
    String number = "0450%08d".formatted(numbers.size());
    numbers.put(number, personId);
    return number;
  }

  @Override
  public boolean isMismatch(Person person) {
    return false;
  }

  @Override
  public void write(
      List<RegisteredEvent> registered, List<Timelines.Addition> additions, Map<UUID, UUID> reached)
      throws ChangeRefused {
    Map<UUID, List<Timeline.Entry>> after = new HashMap<>();
    Map<UUID, Timeline> lives = new HashMap<>();
    for (Timelines.Addition addition : additions) {
      lives.put(addition.personId(), Timeline.of(addition.entries()));
      after.put(
          addition.personId(), addition.entries().stream().map(MemoryLedger::stored).toList());
    }
    entries.putAll(after);
    lives.forEach(
        (person, life) ->
            life.latest()
                .ifPresentOrElse(
                    now -> documents.put(person, PersonJson.write(now.person())),
                    () -> documents.remove(person)));
    for (RegisteredEvent event : registered) {
      EventJson.Document document =
          EventJson.read(EventJson.write(event.event(), event.circumstances()));
      events.put(
          event.id(),
          new RegisteredEvent(
              event.id(),
              document.event(),
              document.circumstances(),
              event.recordedAt(),
              event.supersedes(),
              event.persons()));
    }
    reached.forEach((person, id) -> events.computeIfPresent(id, (k, e) -> more(e, person)));
  }

  private static RegisteredEvent more(RegisteredEvent event, UUID person) {
    List<UUID> persons = new ArrayList<>(event.persons());
    if (!persons.contains(person)) {
      persons.add(person);
    }
    return new RegisteredEvent(
        event.id(),
        event.event(),
        event.circumstances(),
        event.recordedAt(),
        event.supersedes(),
        persons);
  }

  private static Timeline.Entry stored(Timeline.Entry entry) {
    return new Timeline.Entry(
        entry.seq(),
        entry.eventId(),
        entry.type(),
        entry.role(),
        entry.occurredOn(),
        entry.recordedAt(),
        entry.supersedes(),
        PersonJson.changes(PersonJson.write(entry.changes())));
  }

  /** Everyone with entries. */
  Set<UUID> persons() {
    return entries.keySet();
  }

  List<Timeline.Entry> entries(UUID person) {
    return entries.getOrDefault(person, List.of());
  }

  /** Those who stand in the register now. */
  Map<UUID, Person> people() {
    Map<UUID, Person> people = new LinkedHashMap<>();
    documents.forEach((id, document) -> people.put(id, PersonJson.person(document)));
    return people;
  }

  List<RegisteredEvent> events() {
    return List.copyOf(events.values());
  }
}
