package org.mekong.gateway.lookup;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.Asynchronous;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.lookup.Admissibility.Ruling;
import org.mekong.gateway.lookup.keyed.KeyState;
import org.mekong.gateway.lookup.keyed.KeyedLookups;
import org.mekong.gateway.lookup.waiting.Progress;
import org.mekong.gateway.lookup.waiting.Waiting;
import org.mekong.gateway.message.Refusal;

/**
 * Lookups whose callers do not wait: what rules refuse is refused before it is queued; what is
 * queued is attempted until there is an outcome, which is the same however often it is looked for.
 */
@ApplicationScoped
public class WaitingLookups {

  private static final String IN_PROGRESS = "lookup/in-progress";
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Lookups lookups;
  private final Admissibility admissibility;
  private final LookupJournal journal;
  private final AgreementBook agreements;
  private final Clock clock;

  @Inject
  WaitingLookups(
      Lookups lookups,
      Admissibility admissibility,
      LookupJournal journal,
      AgreementBook agreements,
      Clock clock) {
    this.lookups = lookups;
    this.admissibility = admissibility;
    this.journal = journal;
    this.agreements = agreements;
    this.clock = clock;
  }

  /**
   * Decides whether a lookup may wait, as a lookup decides; a refusal is logged.
   *
   * @return when it is given up: after its own deadline, or as late as the agreement allows
   * @throws HttpProblem when a rule refuses
   * @throws SQLException when the refusal could not be logged
   */
  public Instant admit(Agency agency, LookupRequest request) throws SQLException {
    return switch (admissibility.rule(agency, request)) {
      case Ruling.Forbidden(Refusal refusal) -> throw refused(agency, request, refusal);
      case Ruling.Permitted permitted -> {
        Duration wanted = wanted(agency, request, permitted.terms());
        lookups.takeQuota(RequestIds.next(), agency, request, permitted.terms());
        yield Instant.ofEpochSecond(clock.instant().plus(wanted).getEpochSecond());
      }
    };
  }

  private Duration wanted(Agency agency, LookupRequest request, Decision.Allowed terms)
      throws SQLException {
    Agreement agreement = agreements.find(terms.agreement()).orElseThrow();
    Duration wanted = request.deadline();
    if (wanted == null) {
      wanted = Asynchronous.agreed(agreement, request.purpose()).orElse(SHORTEST);
    }
    if (wanted.compareTo(SHORTEST) < 0) {
      throw Problem.malformed("deadline: with respond-async at least " + SHORTEST + ".");
    }
    Optional<Decision.Refused> late = Asynchronous.refusal(agreement, request.purpose(), wanted);
    if (late.isPresent()) {
      Decision.Refused decided = late.get();
      throw refused(
          agency, request, new Refusal(decided.rule(), 403, decided.detail(), decided.action()));
    }
    return wanted;
  }

  private HttpProblem refused(Agency agency, LookupRequest request, Refusal refusal)
      throws SQLException {
    UUID id = RequestIds.next();
    journal.refused(id, admissibility.question(agency, request), request.officer(), refusal);
    return Problem.named(LookupProblem.refused(refusal).build(), id);
  }

  /**
   * Whether this agency may have the outcome of a question, now.
   *
   * @throws HttpProblem when it may not
   */
  public void permit(Agency agency, LookupRequest request) {
    if (admissibility.rule(agency, request) instanceof Ruling.Forbidden(Refusal refusal)) {
      throw LookupProblem.refused(refusal).build();
    }
  }

  /**
   * Makes one attempt: under the operation's own key, sending what was sent before.
   *
   * @param within time for the attempt
   * @throws SQLException when the database does not answer
   */
  public Progress proceed(Agency agency, LookupRequest request, Waiting waiting, Duration within)
      throws SQLException {
    Instant deadline = clock.instant().plus(within);
    KeyState state =
        journal.begin(
            KeyedLookups.Key.of(waiting, agency.clientId()),
            request,
            within.plus(Lookups.LONGEST_RESERVE));
    return switch (state) {
      case KeyState.New(UUID id) ->
          attempt(new Lookups.Course(id, agency, request, deadline, null, null, true, waiting));
      case KeyState.Resumed resumed ->
          attempt(
              new Lookups.Course(
                  resumed.requestId(),
                  agency,
                  request,
                  deadline,
                  resumed.signedRequest(),
                  resumed.requestEntry(),
                  true,
                  waiting));
      case KeyState.Finished finished -> repeated(finished);
      case KeyState.InProgress ignored -> new Progress.NotYet(IN_PROGRESS);
      case KeyState.OtherBody ignored ->
          throw new IllegalStateException("a stored question is another than it was");
      case KeyState.Expired ignored -> ended(LookupProblem.keyExpired());
    };
  }

  private Progress repeated(KeyState.Finished finished) {
    try {
      return new Progress.Answered(lookups.repeat(finished));
    } catch (HttpProblem e) {
      return ended(e);
    }
  }

  private Progress attempt(Lookups.Course course) throws SQLException {
    try {
      return new Progress.Answered(lookups.claimed(course));
    } catch (LookupJournal.Overtaken e) {
      return new Progress.NotYet(IN_PROGRESS);
    } catch (HttpProblem e) {
      return journal.isFinished(course.requestId()) ? ended(e) : new Progress.NotYet(rule(e));
    }
  }

  private static Progress ended(HttpProblem problem) {
    return LookupProblem.EXPIRED.equals(rule(problem))
        ? new Progress.Expired(problem)
        : new Progress.Refused(problem);
  }

  private static @Nullable String rule(HttpProblem problem) {
    return problem.getParameters().get("rule") instanceof String rule ? rule : null;
  }

  /** Erases the outcome of a lookup in the transaction in which somebody else keeps it. */
  public void taken(Connection transaction, String clientId, Waiting waiting) throws SQLException {
    KeyedLookups.taken(transaction, KeyedLookups.Key.of(waiting, clientId));
  }
}
