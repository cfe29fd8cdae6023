package org.mekong.registry.vitalevent.book;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * Takes a merge back, and brings back one that was taken back. What happened since to the survivor
 * and somebody whom the duplicate brought, as a divorce from their spouse, happened to the
 * duplicate: these events are corrected with the split, so that they name the duplicate, and the
 * corrections are annulled with the split. Whatever else happened to the survivor stays with them.
 * All of it is written together, because no step of it makes a life alone.
 */
record Splitting(Scribe scribe, Ledger ledger) {

  /** Registers an event of any type; one that has to do with no split goes to the scribe as is. */
  Registration register(VitalEvent event, Circumstances when) throws SQLException {
    Optional<RegisteredEvent> undone = TakenBack.undone(ledger, event);
    Optional<RegisteredEvent> restored = TakenBack.restored(ledger, event);
    if (undone.isEmpty() && restored.isEmpty()) {
      return scribe.register(ledger, event, when);
    }
    Draft draft = new Draft(ledger);
    Registration done =
        undone.isPresent()
            ? split(draft, undone.get(), event, when)
            : merge(draft, restored.get(), (VitalEvent.EventAnnulment) event, when);
    draft.publish(done.eventId());
    return done;
  }

  private Registration split(
      Draft draft, RegisteredEvent merged, VitalEvent event, Circumstances when)
      throws SQLException {
    VitalEvent.Merge merge = (VitalEvent.Merge) merged.event();
    List<RegisteredEvent> theirs = ofDuplicate(draft, merged, merge);
    Registration done = scribe.register(draft, event, when);
    for (RegisteredEvent of : theirs) {
      VitalEvent corrected = renamed(of.event(), merge);
      if (corrected != null) {
        scribe.register(draft, new VitalEvent.Correction(of.id(), corrected), again(of, when));
      }
    }
    return done;
  }

  private Registration merge(
      Draft draft, RegisteredEvent merged, VitalEvent.EventAnnulment event, Circumstances when)
      throws SQLException {
    VitalEvent.Merge merge = (VitalEvent.Merge) merged.event();
    for (RegisteredEvent given : given(draft, merged, merge)) {
      scribe.register(draft, new VitalEvent.EventAnnulment(given.id(), event.reason()), when);
    }
    return scribe.register(draft, event, when);
  }

  /** The corrections by which events of the survivor name the duplicate, the latest first. */
  private static List<RegisteredEvent> given(
      Draft draft, RegisteredEvent merged, VitalEvent.Merge merge) throws SQLException {
    List<Timeline.Entry> entries =
        draft.hold(new TreeSet<>(merged.persons())).getOrDefault(merge.duplicate(), List.of());
    List<RegisteredEvent> given = new ArrayList<>();
    for (Timeline.Entry entry : Timeline.effective(entries).reversed()) {
      Optional<RegisteredEvent> of =
          entry.supersedes() == null ? Optional.empty() : draft.find(entry.eventId());
      if (of.isPresent()
          && of.get().event() instanceof VitalEvent.Correction(UUID key, VitalEvent replacement)) {
        Optional<RegisteredEvent> before = draft.find(key);
        if (before.isPresent() && replacement.equals(renamed(before.get().event(), merge))) {
          given.add(of.get());
        }
      }
    }
    return given;
  }

  private static Circumstances again(RegisteredEvent event, Circumstances when) {
    return new Circumstances(
        event.circumstances().occurredOn(),
        when.registeredOn(),
        event.circumstances().occurredAt(),
        when.office(),
        when.registrar(),
        when.document());
  }

  /** The events since the merge that ended something which the duplicate had brought. */
  private static List<RegisteredEvent> ofDuplicate(
      Draft draft, RegisteredEvent event, VitalEvent.Merge merge) throws SQLException {
    UUID survivor = merge.survivor();
    List<Timeline.Entry> entries =
        draft.hold(new TreeSet<>(event.persons())).getOrDefault(survivor, List.of());
    List<Timeline.Entry> without =
        entries.stream().filter(entry -> !entry.eventId().equals(event.id())).toList();
    Set<Relationship> own =
        Timeline.asFarAsItHolds(without)
            .on(event.circumstances().occurredOn().earliest())
            .map(version -> Set.copyOf(version.person().particulars().relationships()))
            .orElse(Set.of());
    Set<Relationship> brought = new HashSet<>();
    int since = Integer.MAX_VALUE;
    for (Timeline.Entry entry : entries) {
      if (entry.eventId().equals(event.id())) {
        since = entry.seq();
        entry.changes().forEach(change -> brought.addAll(brought(change)));
      }
    }
    brought.removeAll(own);
    List<RegisteredEvent> theirs = new ArrayList<>();
    for (Timeline.Entry entry : Timeline.effective(entries)) {
      boolean ends = entry.changes().stream().anyMatch(change -> ends(change, brought));
      if (entry.seq() > since && ends) {
        draft.find(entry.eventId()).ifPresent(theirs::add);
      }
    }
    return theirs;
  }

  private static List<Relationship> brought(Change change) {
    return change instanceof Change.Absorbed absorbed ? absorbed.relationships() : List.of();
  }

  private static boolean ends(Change change, Set<Relationship> brought) {
    return switch (change) {
      case Change.MarriageEnded ended -> brought.contains(ended.spouse());
      case Change.Separated separated -> brought.contains(separated.spouse());
      case Change.RelativeEnded ended -> brought.contains(ended.relationship());
      default -> false;
    };
  }

  /** The event with the duplicate in the survivor's place, where both are parties alike. */
  private static @Nullable VitalEvent renamed(VitalEvent event, VitalEvent.Merge merge) {
    return switch (event) {
      case VitalEvent.Divorce(Party one, Party other) ->
          new VitalEvent.Divorce(party(one, merge), party(other, merge));
      case VitalEvent.MarriageAnnulment(Party one, Party other) ->
          new VitalEvent.MarriageAnnulment(party(one, merge), party(other, merge));
      case VitalEvent.JudicialSeparation(Party one, Party other) ->
          new VitalEvent.JudicialSeparation(party(one, merge), party(other, merge));
      case VitalEvent.Guardianship care ->
          new VitalEvent.Guardianship(
              care.ward().equals(merge.survivor()) ? merge.duplicate() : care.ward(),
              party(care.guardian(), merge),
              care.ended(),
              care.incapable());
      case VitalEvent.Correction correction -> renamed(correction.replacement(), merge);
      default -> null;
    };
  }

  private static Party party(Party party, VitalEvent.Merge merge) {
    return merge.survivor().equals(party.personId()) ? Party.of(merge.duplicate()) : party;
  }

  /** A ledger in which events are prepared that are written together. Not thread-safe. */
  private static final class Draft implements Ledger {

    private final Ledger ledger;
    private final Map<UUID, RegisteredEvent> events = new LinkedHashMap<>();
    private final Map<UUID, List<Timeline.Entry>> entries = new HashMap<>();
    private final Map<UUID, Integer> recorded = new HashMap<>();
    private final Map<UUID, UUID> reached = new LinkedHashMap<>();

    Draft(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public Map<UUID, List<Timeline.Entry>> hold(Set<UUID> persons) throws SQLException {
      Set<UUID> unheld = new TreeSet<>(persons);
      unheld.removeAll(recorded.keySet());
      if (!unheld.isEmpty()) {
        Map<UUID, List<Timeline.Entry>> found = ledger.hold(unheld);
        entries.putAll(found);
        for (UUID person : unheld) {
          recorded.put(person, found.getOrDefault(person, List.of()).size());
        }
      }
      Map<UUID, List<Timeline.Entry>> held = new HashMap<>();
      for (UUID person : persons) {
        List<Timeline.Entry> of = entries.get(person);
        if (of != null) {
          held.put(person, of);
        }
      }
      return held;
    }

    @Override
    public Set<UUID> household(UUID householdId) throws SQLException {
      return ledger.household(householdId);
    }

    @Override
    public Optional<RegisteredEvent> find(UUID eventId) throws SQLException {
      RegisteredEvent event = events.get(eventId);
      return event == null ? ledger.find(eventId) : Optional.of(event);
    }

    @Override
    public String allocate(UUID personId, Particulars particulars) throws SQLException {
      return ledger.allocate(personId, particulars);
    }

    @Override
    public boolean isMismatch(Person person) {
      return ledger.isMismatch(person);
    }

    @Override
    public void write(
        List<RegisteredEvent> more, List<Timelines.Addition> additions, Map<UUID, UUID> reaching) {
      more.forEach(event -> events.put(event.id(), event));
      additions.forEach(addition -> entries.put(addition.personId(), addition.entries()));
      reached.putAll(reaching);
    }

    /** Writes all of it, if the lives hold. */
    void publish(UUID first) throws SQLException {
      List<RegisteredEvent> following = new ArrayList<>(events.values());
      following.removeIf(event -> event.id().equals(first));
      following.addFirst(events.get(first));
      List<Timelines.Addition> additions = new ArrayList<>();
      entries.forEach(
          (person, all) -> {
            int before = recorded.getOrDefault(person, 0);
            if (all.size() > before) {
              additions.add(new Timelines.Addition(person, all, before));
            }
          });
      try {
        ledger.write(following, additions, reached);
      } catch (ChangeRefused refused) {
        throw Refusal.of(refused, first, Map.of());
      } catch (Timelines.NumberTaken taken) {
        throw new IllegalStateException("A split gives back numbers of others");
      }
    }
  }
}
