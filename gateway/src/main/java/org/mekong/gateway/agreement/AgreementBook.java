package org.mekong.gateway.agreement;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Decision.Allowed;
import org.mekong.gateway.agreement.shadow.ShadowTally;
import org.mekong.gateway.agreement.store.AgreementRecords;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;

/**
 * The agreements that bind this gateway: the versions that each of their parties has signed. Read
 * from the database and kept in memory; every replica sees a change within seconds, the one that
 * made it at once. Of an agreement the newest version that has begun counts, for good: what ends or
 * is terminated does not bring an older one back. Safe for many threads.
 */
@ApplicationScoped
public class AgreementBook {

  private static final Logger LOG = Logger.getLogger(AgreementBook.class);
  private static final long NEVER = -1;

  private final @Nullable Transactions transactions;
  private final ShadowTally tally = new ShadowTally();
  private volatile Pages pages;

  /**
   * A decision, and what would have been decided by the version that is tried beside the one in
   * force.
   *
   * @param decision what counts
   * @param shadow without effect; empty where no version is tried
   */
  public record Consideration(Decision decision, Optional<Decision> shadow) {}

  /**
   * A version that each of its parties has signed.
   *
   * @param terminatedFrom first day on which it may not be used any more, UTC
   */
  private record BookedVersion(Agreement agreement, @Nullable LocalDate terminatedFrom) {

    Decision decide(Question question, LocalDate day) {
      if (terminatedFrom != null && !day.isBefore(terminatedFrom)) {
        AgreementReference reference = agreement.reference();
        return new Decision.Refused(
            reference.rule("terminated"),
            "Agreement " + reference + " was terminated from " + terminatedFrom + ".",
            "Ask under an agreement that is in force.");
      }
      return Evaluator.decide(agreement, question, day);
    }
  }

  /**
   * What is in memory.
   *
   * @param versions by agreement, newest first
   * @param shadows by agreement
   */
  private record Pages(
      long revision, Map<String, List<BookedVersion>> versions, Map<String, Agreement> shadows) {}

  @Inject
  public AgreementBook(Transactions transactions) {
    this.transactions = transactions;
    this.pages = new Pages(NEVER, Map.of(), Map.of());
    refresh();
  }

  private AgreementBook(Pages pages) {
    this.transactions = null;
    this.pages = pages;
  }

  /** A book of these agreements that never changes. */
  public static AgreementBook of(Agreement... agreements) {
    return new AgreementBook(
        new Pages(
            NEVER,
            sorted(Stream.of(agreements).map(each -> new BookedVersion(each, null)).toList()),
            Map.of()));
  }

  /** Every agreement, newest version first. */
  public List<Agreement> all() {
    return pages.versions().values().stream()
        .flatMap(List::stream)
        .map(BookedVersion::agreement)
        .sorted(Comparator.comparingInt(Agreement::version).reversed())
        .toList();
  }

  /** The agreement of this reference, ended or not. */
  public Optional<Agreement> find(AgreementReference reference) {
    return booked(pages, reference).map(BookedVersion::agreement);
  }

  /** Whether any agreement, in force or not, binds these two nations. */
  public boolean binds(String oneNation, String otherNation) {
    return pages.versions().values().stream()
        .flatMap(List::stream)
        .anyMatch(version -> version.agreement().binds(oneNation, otherNation));
  }

  /**
   * The decision on a question by the agreements between its nations, each by its version of that
   * day; where none allows, the refusal of one that has the purpose, if any. What a version in
   * shadow says beside it is counted.
   */
  public Decision decide(Question question, LocalDate day) {
    Consideration considered = consider(question, day);
    considered.shadow().ifPresent(shadow -> tally.count(question, considered.decision(), shadow));
    return considered.decision();
  }

  /** The same decision, dry: nothing is counted. */
  public Consideration consider(Question question, LocalDate day) {
    Pages now = pages;
    Decision decision = decide(now, question, day);
    return new Consideration(decision, shadow(now, decision, question, day));
  }

  /**
   * The decision on a question that was asked under a certain version; empty where this gateway
   * does not have it. Where it has a newer one that has begun, both have to allow: so neither
   * nation has to wait for the other, and the stricter wins.
   */
  public Optional<Decision> decide(AgreementReference named, Question question, LocalDate day) {
    Pages now = pages;
    Optional<BookedVersion> asked = booked(now, named);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Decision decision = asked.get().decide(question, day);
    BookedVersion current = current(now.versions().getOrDefault(named.id(), List.of()), day);
    if (decision instanceof Allowed && current.agreement().version() > named.version()) {
      Decision stricter = current.decide(question, day);
      decision = stricter instanceof Allowed ? decision : stricter;
    }
    Decision decided = decision;
    shadow(now, decided, question, day).ifPresent(shadow -> tally.count(question, decided, shadow));
    return Optional.of(decided);
  }

  /** What versions in shadow would have changed since it was last drained. */
  public ShadowTally tally() {
    return tally;
  }

  /** Reads anew what has changed since it was read. */
  @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public synchronized void refresh() {
    if (transactions == null) {
      return;
    }
    try {
      pages = transactions.in(connection -> changed(connection, pages));
    } catch (SQLException e) {
      if (pages.revision() == NEVER) {
        throw new IllegalStateException("the agreements cannot be read from the database", e);
      }
      LOG.warn("Agreements cannot be read anew: those in memory stay", e);
    }
  }

  private static Pages changed(java.sql.Connection connection, Pages before) throws SQLException {
    long revision = Revision.AGREEMENTS.read(connection);
    if (revision == before.revision()) {
      return before;
    }
    var records = AgreementRecords.read(connection);
    var versions = new ArrayList<BookedVersion>();
    records
        .bound()
        .forEach((each, from) -> versions.add(new BookedVersion(each, from.orElse(null))));
    return new Pages(revision, sorted(versions), records.shadows());
  }

  private static Map<String, List<BookedVersion>> sorted(List<BookedVersion> versions) {
    var sorted = new TreeMap<String, List<BookedVersion>>();
    versions.stream()
        .sorted(
            Comparator.comparingInt((BookedVersion each) -> each.agreement().version()).reversed())
        .forEach(
            each ->
                sorted.computeIfAbsent(each.agreement().id(), id -> new ArrayList<>()).add(each));
    return sorted;
  }

  private static Optional<BookedVersion> booked(Pages now, AgreementReference reference) {
    return now.versions().getOrDefault(reference.id(), List.of()).stream()
        .filter(version -> version.agreement().version() == reference.version())
        .findFirst();
  }

  /** The newest version that has begun; the oldest where none has. */
  private static BookedVersion current(List<BookedVersion> newestFirst, LocalDate day) {
    return newestFirst.stream()
        .filter(version -> !day.isBefore(version.agreement().validFrom()))
        .findFirst()
        .orElseGet(newestFirst::getLast);
  }

  private static Decision decide(Pages now, Question question, LocalDate day) {
    Decision first = null;
    boolean firstHasPurpose = false;
    for (List<BookedVersion> versions : now.versions().values()) {
      BookedVersion current = current(versions, day);
      if (!current.agreement().binds(question.from(), question.to())) {
        continue;
      }
      Decision decision = current.decide(question, day);
      if (decision instanceof Allowed) {
        return decision;
      }
      boolean hasPurpose = current.agreement().terms(question.purpose()).isPresent();
      if (first == null || hasPurpose && !firstHasPurpose) {
        first = decision;
        firstHasPurpose = hasPurpose;
      }
    }
    return first == null ? Evaluator.noAgreement(question) : first;
  }

  /** By the version in shadow of the agreement that decided; by any where none did. */
  private static Optional<Decision> shadow(
      Pages now, Decision decision, Question question, LocalDate day) {
    if (now.shadows().isEmpty()) {
      return Optional.empty();
    }
    String rule = decision.rule();
    int slash = rule.indexOf('/');
    Optional<Agreement> tried =
        slash < 0
            ? now.shadows().values().stream()
                .filter(each -> each.binds(question.from(), question.to()))
                .findFirst()
            : Optional.ofNullable(now.shadows().get(rule.substring(0, slash)));
    // As if it were valid already: it is tried before its time.
    return tried.map(
        each ->
            Evaluator.decide(
                each, question, day.isBefore(each.validFrom()) ? each.validFrom() : day));
  }
}
