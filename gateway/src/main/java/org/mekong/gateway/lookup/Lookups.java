package org.mekong.gateway.lookup;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.agreement.Question;
import org.mekong.gateway.exchange.ExchangeFailure;
import org.mekong.gateway.exchange.PeerAnswer;
import org.mekong.gateway.exchange.PeerExchange;
import org.mekong.gateway.http.OutageLog;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.lookup.Admissibility.Ruling;
import org.mekong.gateway.lookup.keyed.KeyState;
import org.mekong.gateway.lookup.keyed.KeyedLookups;
import org.mekong.gateway.lookup.waiting.Waiting;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.quota.Asker;
import org.mekong.gateway.quota.Quotas;
import org.mekong.gateway.quota.Taking;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;

/** Does lookups: rules, logs, asks the peer, verifies, logs, answers; in this order. */
@ApplicationScoped
public class Lookups {

  private static final OutageLog OUTAGES = new OutageLog(Lookups.class);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private static final int TOO_MANY = 429;

  /** Kept back from the deadline for what must be written after the peer was silent. */
  static final Duration LONGEST_RESERVE = Duration.ofMillis(300);

  private final Admissibility admissibility;
  private final LookupJournal journal;
  private final PeerExchange exchange;
  private final LookupMetrics metrics;
  private final LookupConfig config;

  @Inject HomeLookups home;
  @Inject Clock clock;
  @Inject GatewayLog log;
  @Inject Quotas quotas;

  @Inject
  Lookups(
      Admissibility admissibility,
      LookupJournal journal,
      PeerExchange exchange,
      LookupMetrics metrics,
      LookupConfig config) {
    this.admissibility = admissibility;
    this.journal = journal;
    this.exchange = exchange;
    this.metrics = metrics;
    this.config = config;
  }

  /** A lookup under way. */
  record Course(
      UUID requestId,
      Agency agency,
      LookupRequest request,
      Instant deadline,
      @Nullable String signedRequest,
      @Nullable PendingEntry requestEntry,
      boolean keyed,
      @Nullable Waiting waiting) {}

  /**
   * Does a lookup.
   *
   * @param key value of Idempotency-Key: the same key and question bring the first outcome
   * @throws HttpProblem for everything but an answer
   */
  public LookupAnswer lookup(Agency agency, LookupRequest request, Optional<String> key) {
    Instant start = clock.instant();
    String outcome = "error";
    try {
      LookupAnswer answer = begun(agency, request, key, start);
      outcome = answer.outcome().wireName();
      return answer;
    } catch (HttpProblem e) {
      outcome = e.getStatusCode() < 500 ? "refused" : "failed";
      throw e;
    } catch (LookupJournal.Overtaken e) {
      throw LookupProblem.inProgress();
    } catch (SQLException | LogException e) {
      OUTAGES.told(RequestIds.current(), "our log", "log/unavailable", e);
      throw Problem.unavailable("What is not logged is not answered, and the log is not there.");
    } finally {
      metrics.done(outcome, Duration.between(start, clock.instant()));
    }
  }

  /** The same evaluation, dry: nothing is sent, logged or kept. */
  public Explanation explain(Agency agency, LookupRequest request) {
    deadline(request);
    return admissibility.explain(agency, request);
  }

  private LookupAnswer begun(
      Agency agency, LookupRequest request, Optional<String> key, Instant start)
      throws SQLException {
    Instant deadline = start.plus(deadline(request));
    if (key.isEmpty()) {
      return named(
          new Course(RequestIds.next(), agency, request, deadline, null, null, false, null));
    }
    Duration claim = Duration.between(start, deadline).plus(LONGEST_RESERVE);
    KeyState state =
        journal.begin(new KeyedLookups.Key(agency.clientId(), key.get(), null), request, claim);
    return switch (state) {
      case KeyState.New(UUID id) ->
          claimed(new Course(id, agency, request, deadline, null, null, true, null));
      case KeyState.Resumed resumed ->
          claimed(
              new Course(
                  resumed.requestId(),
                  agency,
                  request,
                  deadline,
                  resumed.signedRequest(),
                  resumed.requestEntry(),
                  true,
                  null));
      case KeyState.Finished finished -> repeat(finished);
      case KeyState.InProgress ignored -> throw LookupProblem.inProgress();
      case KeyState.OtherBody ignored -> throw LookupProblem.keyReused();
      case KeyState.Expired ignored -> throw LookupProblem.keyExpired();
    };
  }

  /** Does a lookup that was claimed, and gives the claim up where there is no outcome. */
  LookupAnswer claimed(Course course) throws SQLException {
    try {
      return named(course);
    } catch (HttpProblem e) {
      journal.release(course.requestId()); // without effect where there is an outcome
      throw e;
    }
  }

  /** What is refused is known to its asker by the id that the log tells of it. */
  private LookupAnswer named(Course course) throws SQLException {
    try {
      return run(course);
    } catch (HttpProblem e) {
      throw Problem.named(e, course.requestId());
    }
  }

  /** The first outcome again. */
  LookupAnswer repeat(KeyState.Finished finished) {
    Refusal refusal = finished.outcome().refusal();
    LookupAnswer answer = finished.outcome().answer();
    if (refusal != null || answer == null) {
      throw refusal == null
          ? LookupProblem.keyExpired()
          : Problem.named(LookupProblem.repeated(refusal), finished.requestId());
    }
    return answer.loggedAt(journal.receipt(finished.answerEntry()));
  }

  private LookupAnswer run(Course course) throws SQLException {
    Question question = admissibility.question(course.agency(), course.request());
    Waiting waiting = course.waiting();
    if (waiting != null && !clock.instant().isBefore(waiting.expires())) {
      journal.expired(
          course.requestId(), question, course.request().officer(), LookupProblem.expiry());
      throw LookupProblem.expired();
    }
    return switch (admissibility.rule(course.agency(), course.request())) {
      case Ruling.Forbidden(Refusal refusal) -> {
        journal.refused(course.requestId(), question, course.request().officer(), refusal);
        throw LookupProblem.refused(refusal).build();
      }
      case Ruling.Permitted permitted -> {
        if (permitted.peer() != null) {
          refuseUncosigned(course, question);
        }
        if (course.signedRequest() == null
            && course.waiting() == null) { // else it was taken before
          takeQuota(course.requestId(), course.agency(), course.request(), permitted.terms());
        }
        yield ask(course, permitted);
      }
    };
  }

  /** Nothing crosses the border on the word of a log that nobody abroad has seen for too long. */
  private void refuseUncosigned(Course course, Question question) throws SQLException {
    if (!log.standing().mayServeAbroad()) {
      OUTAGES.told(course.requestId(), "our log", LookupProblem.UNCOSIGNED, null);
      if (course.waiting() == null) {
        journal.postponed(
            course.requestId(), question, course.request().officer(), LookupProblem.UNCOSIGNED);
      }
      throw LookupProblem.uncosigned();
    }
  }

  /** Takes a lookup from the quotas that bound it, once; a problem where one is used up. */
  void takeQuota(UUID requestId, Agency agency, LookupRequest request, Decision.Allowed terms)
      throws SQLException {
    Question question = admissibility.question(agency, request);
    Asker asker = Asker.ours(question.from(), agency);
    Taking taking = quotas.take(asker, question.purpose(), question.to(), terms);
    if (taking instanceof Taking.Exhausted exhausted) {
      Refusal refusal = exhausted.refusal();
      if (exhausted.toLog()) {
        journal.postponed(requestId, question, request.officer(), refusal.rule());
      }
      HttpProblem.Builder problem =
          LookupProblem.refused(refusal).withHeader("Retry-After", exhausted.retryAfter());
      quotas.headers(asker, question.purpose(), question.to(), terms).forEach(problem::withHeader);
      throw Problem.named(problem.build(), requestId);
    }
  }

  /** How the quotas of a question stand, as headers; none where it is not permitted. */
  Map<String, String> quotaHeaders(Agency agency, LookupRequest request) {
    return admissibility.rule(agency, request) instanceof Ruling.Permitted permitted
        ? quotas.headers(
            Asker.ours(admissibility.question(agency, request).from(), agency),
            request.purpose(),
            request.country(),
            permitted.terms())
        : Map.of();
  }

  private LookupAnswer ask(Course course, Ruling.Permitted permitted) throws SQLException {
    Instant start = clock.instant();
    SignedMessage<ExchangeRequest> request =
        course.signedRequest() == null
            ? exchange.sign(request(course, permitted))
            : exchange.resume(course.signedRequest());
    EntryReference sent =
        course.requestEntry() == null
            ? journal.sending(request, course.keyed())
            : journal.reference(course.requestEntry());
    Peer peer = permitted.peer();
    if (peer == null) {
      Instant until = clock.instant().plus(left(course));
      return home.ask(request, sent, permitted.terms(), until, course.keyed());
    }
    PeerAnswer answer;
    try {
      answer = exchange.ask(peer, request, left(course));
    } catch (ExchangeFailure e) {
      OUTAGES.told(course.requestId(), peer.nation(), e.rule(), e);
      if (course.waiting() == null || e.kind() == ExchangeFailure.Kind.INVALID) {
        journal.failed(request.payload(), e.rule()); // a silent peer is asked again, and again
      }
      throw LookupProblem.failure(e, peer.nation());
    }
    LookupAnswer toAgency = passOn(course, request, sent, answer);
    metrics.split(Duration.between(start, clock.instant()), answer.elapsed(), answer.peerTime());
    return toAgency;
  }

  private LookupAnswer passOn(
      Course course, SignedMessage<ExchangeRequest> request, EntryReference sent, PeerAnswer answer)
      throws SQLException {
    ExchangeAnswer said = answer.answer().payload();
    if (said.outcome() == Outcome.REFUSED && said.refusal() != null) {
      refusedByPeer(course, request.payload(), answer, said.refusal());
      HttpProblem.Builder problem =
          LookupProblem.refused(said.refusal())
              .with("refusedBy", said.from())
              .with("signedAnswer", answer.answer().compact())
              .with("receipt", answer.receipt());
      if (said.refusal().status() == TOO_MANY) {
        problem.withHeader("Retry-After", quotas.retryAfter(said.refusal()));
      }
      throw problem.build();
    }
    LookupAnswer toAgency =
        LookupAnswer.of(
            request,
            answer.answer(),
            answer.receipt(),
            new LookupAnswer.Trace(
                sent, null, said.requestEntry(), answer.entry(), said.disclosure()));
    return toAgency.loggedAt(journal.answered(request.payload(), answer, toAgency, course.keyed()));
  }

  /** A quota of the peer is no outcome: the same request may be sent again, and counts then. */
  private void refusedByPeer(
      Course course, ExchangeRequest request, PeerAnswer answer, Refusal refusal)
      throws SQLException {
    if (refusal.status() != TOO_MANY) {
      journal.answered(request, answer, null, course.keyed());
    } else if (course.waiting() == null) {
      journal.failed(request, refusal.rule());
    }
  }

  private ExchangeRequest request(Course course, Ruling.Permitted permitted) {
    LookupRequest asked = course.request();
    Question question = admissibility.question(course.agency(), asked);
    return new ExchangeRequest(
        course.requestId(),
        clock.instant().getEpochSecond(),
        SignedMessage.nonce(),
        question.from(),
        question.to(),
        question.agency(),
        question.agencyClass(),
        asked.officer(),
        asked.purpose(),
        permitted.legalBasis(),
        asked.kind(),
        asked.subject(),
        asked.predicates(),
        asked.fields(),
        asked.known(),
        permitted.terms().agreement(),
        course.waiting() == null ? null : course.waiting().expires().getEpochSecond());
  }

  private Duration left(Course course) {
    Duration left = Duration.between(clock.instant(), course.deadline());
    Duration reserve = left.dividedBy(5);
    return left.minus(reserve.compareTo(LONGEST_RESERVE) > 0 ? LONGEST_RESERVE : reserve);
  }

  private Duration deadline(LookupRequest request) {
    Duration deadline = request.deadline() == null ? config.deadline() : request.deadline();
    if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(config.longestDeadline()) > 0) {
      throw Problem.malformed(
          "deadline: between " + SHORTEST + " and " + config.longestDeadline() + ".");
    }
    return deadline;
  }
}
