package org.mekong.gateway.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.mekong.gateway.exchange.ExchangeFailure.Kind;
import org.mekong.gateway.exchange.guard.PeerGuards;
import org.mekong.gateway.exchange.past.PastRefused;
import org.mekong.gateway.exchange.past.PeerPasts;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.transport.Reply;
import org.mekong.gateway.transport.Tracing;
import org.mekong.gateway.transport.TransportException;
import org.mekong.gateway.transport.TransportException.Fault;

/** Asks a peer: signs, sends, and takes only an answer that verifies. */
@ApplicationScoped
public class PeerExchange {

  /** Where a gateway takes requests of its peers. */
  static final String PATH = "/exchange/v1/requests";

  /** What a request is sent as. */
  public static final String MEDIA_TYPE = "application/jose";

  private static final int LARGEST_ANSWER = 512 * 1024;
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 409, 410, 429);

  /** Seconds. */
  private static final long JUST_NOW = 5;

  /** Milliseconds. */
  private static final long LONGEST_JITTER = 300;

  /** Before a broken connection is tried again: at once, then when a restart may be over. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(10), Duration.ofMillis(250), Duration.ofMillis(750));

  private final ExchangeKey key;
  private final PeerGuards guards;
  private final PeerPasts past;
  private final ExchangeConfig config;
  private final Clock clock;

  @Inject
  public PeerExchange(
      ExchangeKey key, PeerGuards guards, PeerPasts past, ExchangeConfig config, Clock clock) {
    this.key = key;
    this.past = past;
    this.guards = guards;
    this.config = config;
    this.clock = clock;
  }

  /** The request as it will be sent, signed. */
  public SignedMessage<ExchangeRequest> sign(ExchangeRequest request) {
    return SignedMessage.sign(key.key(), ExchangeRequest.TYPE, request);
  }

  /** A request that this gateway signed before, with the key of that time. */
  public SignedMessage<ExchangeRequest> resume(String compact) {
    try {
      return key.own(compact, ExchangeRequest.TYPE, ExchangeRequest.class);
    } catch (MessageRefused e) {
      throw new IllegalStateException("a stored request was signed with another key", e);
    }
  }

  /**
   * Sends a request and verifies the answer. Sending the same request again is safe: the peer gives
   * its first answer; so a broken connection is tried again while there is time, and a peer that
   * takes the request later is asked later.
   *
   * @param within time for all of it
   * @throws ExchangeFailure when there is no answer that may be passed on
   */
  public PeerAnswer ask(Peer peer, SignedMessage<ExchangeRequest> request, Duration within)
      throws ExchangeFailure {
    long deadline = System.nanoTime() + within.toNanos();
    return guards.ask(
        peer.nation(), () -> asked(peer, request, within, deadline), PeerAnswer.class);
  }

  private PeerAnswer asked(
      Peer peer, SignedMessage<ExchangeRequest> request, Duration within, long deadline)
      throws ExchangeFailure {
    Reply reply;
    try {
      reply = send(peer, request, deadline);
    } catch (TransportException e) {
      throw failure(e, within, deadline);
    }
    if (Postponement.of(reply).isPresent()) {
      throw new ExchangeFailure(
          Kind.POSTPONED, "exchange/postponed", "the peer takes this request later");
    }
    boolean refusal = REFUSALS.contains(reply.status());
    if (reply.status() != 200 && !refusal) {
      throw new ExchangeFailure(
          Kind.UNAVAILABLE, "exchange/unavailable", "the peer answered " + reply.status());
    }
    try {
      AnswerCheck.Verified verified =
          AnswerCheck.verify(
              reply.body(), request, peer.keys(), peer.logs(), clock.instant(), config.freshness());
      if (refusal != (verified.answer().payload().outcome() == Outcome.REFUSED)) {
        throw new AnswerRefused("malformed", "status and signed outcome differ");
      }
      past.require(peer, verified.receipt(), Duration.ofNanos(deadline - System.nanoTime()));
      if (clock.instant().getEpochSecond() - request.payload().iat() <= JUST_NOW) {
        guards.signed(peer.nation(), verified.answer().payload().iat()); // no first answer of old
      }
      return new PeerAnswer(
          verified.answer(),
          verified.receipt(),
          verified.entry(),
          reply.elapsed(),
          reply.serverTime());
    } catch (AnswerRefused e) {
      throw new ExchangeFailure(Kind.INVALID, e.rule(), e);
    } catch (PastRefused e) {
      throw new ExchangeFailure(Kind.INVALID, "exchange/answer/" + e.check(), e);
    }
  }

  private Reply send(Peer peer, SignedMessage<ExchangeRequest> request, long deadline)
      throws TransportException {
    while (true) {
      Reply reply = connected(peer, request, deadline);
      Optional<Postponement> postponed = Postponement.of(reply);
      if (postponed.isEmpty()) {
        return reply;
      }
      // Not all at the same moment.
      Duration pause =
          postponed.get().after().plusMillis(ThreadLocalRandom.current().nextLong(LONGEST_JITTER));
      if (deadline - System.nanoTime() <= pause.toNanos()) {
        return reply;
      }
      rest(pause, new TransportException(Fault.UNREACHABLE, new InterruptedException()));
    }
  }

  private static Reply connected(Peer peer, SignedMessage<ExchangeRequest> request, long deadline)
      throws TransportException {
    for (Duration pause : PAUSES) {
      try {
        return post(peer, request, deadline);
      } catch (TransportException e) {
        if (e.fault() != Fault.UNREACHABLE || deadline - System.nanoTime() <= pause.toNanos()) {
          throw e;
        }
        rest(pause, e);
      }
    }
    return post(peer, request, deadline);
  }

  private static void rest(Duration pause, TransportException because) throws TransportException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw because;
    }
  }

  private static Reply post(Peer peer, SignedMessage<ExchangeRequest> request, long deadline)
      throws TransportException {
    var headers = new LinkedHashMap<>(Tracing.headers());
    headers.put("Content-Type", MEDIA_TYPE);
    headers.put("Accept", "application/json, application/problem+json");
    headers.put(RequestIds.HEADER, request.payload().requestId().toString());
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    headers.put(TimeLeft.HEADER, TimeLeft.text(left));
    return peer.caller()
        .post(
            peer.url().resolve(PATH),
            headers,
            request.compact().getBytes(StandardCharsets.US_ASCII),
            left,
            LARGEST_ANSWER);
  }

  private ExchangeFailure failure(TransportException e, Duration within, long deadline) {
    boolean late = e.fault() == Fault.TIMED_OUT || System.nanoTime() >= deadline;
    if (late && within.compareTo(config.guard().patience()) < 0) {
      return new ExchangeFailure(Kind.HURRIED, "exchange/silent", e);
    }
    return switch (e.fault()) {
      case TIMED_OUT -> new ExchangeFailure(Kind.SILENT, "exchange/silent", e);
      case UNREACHABLE -> new ExchangeFailure(Kind.UNREACHABLE, "exchange/unreachable", e);
      case UNTRUSTED -> new ExchangeFailure(Kind.UNTRUSTED, "exchange/untrusted", e);
      case TOO_LARGE -> new ExchangeFailure(Kind.INVALID, "exchange/answer/size", e);
    };
  }
}
