package org.mekong.registry.bulk.entry;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.row.Faults;
import org.mekong.registry.bulk.row.SourceRow;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.population.load.VillageRows;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.Numbering;
import org.mekong.registry.vitalevent.book.Registration;
import org.mekong.registry.vitalevent.book.Scribe;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * Where rows enter the register: each is a first registration by the same scribe and the same rules
 * as one that comes by the API. Rows that break a rule are told; all others are written together.
 */
@ApplicationScoped
public class Entrance {

  private static final String HEAD_CLAIM = "head:";

  private final NationProfile profile;
  private final NumberScheme scheme;
  private final Numbering numbering;
  private final NumberDraw draw;
  private final Timelines timelines;
  private final EventRules rules;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Entrance(
      NationProfile profile,
      NumberScheme scheme,
      Numbering numbering,
      NumberDraw draw,
      Timelines timelines,
      EventRules rules,
      Clock clock) {
    this.profile = profile;
    this.scheme = scheme;
    this.numbering = numbering;
    this.draw = draw;
    this.timelines = timelines;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Whose rows they are.
   *
   * @param caller who sent the file
   * @param store whether they are written, or only checked
   * @param last whether all other rows are in: who is not there now never will be
   */
  public record Order(UUID importId, String caller, boolean store, boolean last) {}

  /**
   * What became of rows.
   *
   * @param refused by the number of the row
   * @param putOff places of rows that name others who are not in yet
   */
  public record Entered(int accepted, Map<Long, List<Violation>> refused, List<Integer> putOff) {
    public Entered {
      refused = Map.copyOf(refused);
      putOff = List.copyOf(putOff);
    }
  }

  /**
   * Enters rows, in the caller's transaction.
   *
   * @param writers of the transaction's database, without rows; to be thrown away when this throws
   */
  public Entered enter(
      Connection transaction, Order order, List<SourceRow> rows, VillageRows writers)
      throws SQLException {
    Batch batch = new Batch(transaction, order, rows);
    batch.prepare();
    batch.write();
    batch.store(writers);
    return batch.result();
  }

  /** The rows of one transaction. */
  private final class Batch {
    private final Connection transaction;
    private final Order order;
    private final Scribe scribe;
    private final References references;
    private final List<Draft> drafts;
    private final Map<String, References.Known> known = new HashMap<>();
    private final Map<String, References.Known> entered = new HashMap<>();
    private final Map<String, UUID> bearers = new HashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final Set<String> claims = new HashSet<>();
    private final Map<Long, List<Violation>> refused = new HashMap<>();
    private final List<Integer> putOff = new ArrayList<>();
    private @Nullable BatchLedger ledger;
    private int accepted;

    Batch(Connection transaction, Order order, List<SourceRow> rows) {
      this.transaction = transaction;
      this.order = order;
      this.scribe = new Scribe(rules, clock, new SplittableRandom(random.nextLong()));
      this.references = new References(transaction, order.importId());
      this.drafts = rows.stream().map(row -> Draft.of(row, profile)).toList();
    }

    private BatchLedger ledger() {
      return Objects.requireNonNull(ledger);
    }

    /** Reads in few statements what the rows stand on. */
    void prepare() throws SQLException {
      Set<String> asked = new HashSet<>();
      Set<String> numbers = new HashSet<>();
      Set<String> brought = new HashSet<>();
      Set<UUID> headed = new HashSet<>();
      for (Draft draft : drafts) {
        if (draft.reference() != null) {
          asked.add(draft.reference());
        }
        draft.kin().forEach(kin -> (kin.byNumber() ? numbers : asked).add(kin.value()));
        brought.addAll(draft.earlierNumbers);
        if (draft.number != null) {
          brought.add(draft.number);
        }
        if (draft.headed() != null) {
          headed.add(draft.headed());
        }
      }
      known.putAll(references.find(asked));
      bearers.putAll(references.bearers(numbers));
      Set<String> taken = references.taken(brought);
      if (!order.store()) {
        taken.addAll(references.claimed(brought));
        claimed.addAll(references.claimed(headed.stream().map(id -> HEAD_CLAIM + id).toList()));
      }
      draw.numbers(references, drafts, brought);
      Set<UUID> held = new HashSet<>(bearers.values());
      drafts.forEach(draft -> held.addAll(draft.relatives()));
      BatchLedger made = new BatchLedger(transaction, timelines, numbering, taken);
      known
          .values()
          .forEach(
              row -> {
                if (row.pretended() == null) {
                  held.add(row.personId());
                } else {
                  made.pretend(row.pretended(), entry(row.pretended()));
                }
              });
      made.prepare(held, headed);
      ledger = made;
    }

    private Timeline.Entry entry(Person person) {
      return new Timeline.Entry(
          1,
          person.id(),
          "first_registration",
          "person",
          person.particulars().dateOfBirth(),
          clock.instant(),
          null,
          List.of(new Change.Entered(person)));
    }

    void write() throws SQLException {
      LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
      for (int i = 0; i < drafts.size(); i++) {
        Draft draft = drafts.get(i);
        if (!relate(draft)) {
          putOff.add(i);
          continue;
        }
        check(draft);
        if (!draft.isRefused()) {
          register(draft, today);
        }
        if (draft.isRefused()) {
          refused.put(draft.row.number(), List.copyOf(draft.faults));
        }
      }
    }

    /** Whether the relatives are there whom a row names, or never will be. */
    private boolean relate(Draft draft) {
      for (SourceRow.Kin kin : draft.kin()) {
        UUID relative = find(kin);
        if (relative != null) {
          draft.relate(kin, relative);
        } else if (kin.byNumber()) {
          draft.faults.add(
              new Violation(kin.field(), "known-person", "is nobody's number in this register"));
        } else if (order.last() || !draft.faults.isEmpty()) {
          draft.faults.add(
              new Violation(kin.field(), "known-row", "names no row that was accepted"));
        } else {
          return false;
        }
      }
      return true;
    }

    private @Nullable UUID find(SourceRow.Kin kin) {
      if (kin.byNumber()) {
        return bearers.get(kin.value());
      }
      References.Known row = entered.get(kin.value());
      References.Known before = row == null ? known.get(kin.value()) : row;
      return before == null ? null : before.personId();
    }

    private void check(Draft draft) {
      String reference = draft.reference();
      if (reference != null && (known.containsKey(reference) || entered.containsKey(reference))) {
        draft.faults.add(new Violation("ref", "unique", "is the reference of another row"));
      }
      SourceRow row = draft.row;
      String brought = row instanceof SourceRow.Readable of ? of.personalNumber() : null;
      if (brought != null && !scheme.isWellFormed(brought)) {
        draft.faults.add(
            new Violation("personal_number", "number", "has the form of no personal number"));
      } else if (brought != null && ledger().isTaken(brought)) {
        draft.faults.add(new Violation("personal_number", "number-free", "is somebody else's"));
      }
      UUID headed = draft.headed();
      if (headed != null && claimed.contains(HEAD_CLAIM + headed)) {
        draft.refuse(new Violation("household", "one-head", "is head of a household that has one"));
      }
    }

    private void register(Draft draft, LocalDate today) throws SQLException {
      Particulars particulars = Objects.requireNonNull(draft.particulars);
      Circumstances circumstances =
          new Circumstances(
              particulars.dateOfBirth(),
              today,
              null,
              order.caller(),
              order.caller(),
              new Circumstances.LegalDocument(
                  "declaration",
                  "import/" + order.importId() + "/" + draft.row.number(),
                  null,
                  null));
      VitalEvent event = new VitalEvent.FirstRegistration(particulars, draft.earlierNumbers);
      ledger().give(draft.number);
      try {
        Registration registration = scribe.register(ledger(), event, circumstances);
        enter(draft, registration.persons().getFirst().personId());
      } catch (HttpProblem problem) {
        Faults.of(problem).forEach(draft::refuse);
      }
    }

    private void enter(Draft draft, UUID id) {
      accepted++;
      String reference = draft.reference();
      if (reference != null) {
        entered.put(
            reference, new References.Known(id, order.store() ? null : ledger().newcomer(id)));
      }
      if (!order.store()) {
        claims.addAll(draft.earlierNumbers);
        if (draft.row instanceof SourceRow.Readable row && row.personalNumber() != null) {
          claims.add(row.personalNumber());
        }
        if (draft.headed() != null) {
          claims.add(HEAD_CLAIM + draft.headed());
        }
      }
    }

    void store(VillageRows writers) throws SQLException {
      references.add(entered);
      if (order.store()) {
        ledger().store(writers);
      } else {
        references.claim(claims);
      }
    }

    Entered result() {
      return new Entered(accepted, refused, putOff);
    }
  }
}
