package org.mekong.gateway.register;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.transport.Caller;
import org.mekong.gateway.transport.Callers;
import org.mekong.gateway.transport.Reply;
import org.mekong.gateway.transport.Tracing;
import org.mekong.gateway.transport.TransportException;

/** Asks this nation's register on behalf of a peer's agency. */
@ApplicationScoped
public class Register {

  private static final int LARGEST_ANSWER = 256 * 1024;

  /** Problems of the register's own permissions, which are stricter than the agreement then. */
  private static final Set<String> BY_RULES =
      Set.of("urn:mekong:problem:not-permitted", "urn:mekong:problem:purpose-not-in-force");

  private final URI base;
  private final Duration timeout;
  private final Clock clock;
  private final Caller caller;

  @Inject
  public Register(RegistryConfig config, Callers callers, Clock clock) {
    this.base = config.url();
    this.timeout = config.timeout();
    this.clock = clock;
    this.caller =
        config
            .certificateSubject()
            .map(subject -> callers.pinnedTo(new X500Principal(subject)))
            .orElseGet(callers::trusting);
  }

  /**
   * Asks what the request asks, and no more comes back than it asked for.
   *
   * @param request of a peer, verified and allowed
   * @param legalBasis this nation's own
   * @param visibleAfter when the person may see the disclosure; null for at once
   * @param until when the answer is of no use any more
   * @throws RegisterUnavailable when there is no answer that may be passed on
   */
  public RegisterAnswer ask(
      ExchangeRequest request, String legalBasis, @Nullable Instant visibleAfter, Instant until)
      throws RegisterUnavailable {
    AskedQuestion question = AskedQuestion.of(request, legalBasis, visibleAfter);
    Reply reply = post(AskedQuestion.path(request.kind()), question, within(until));
    if (reply.status() == 400 || reply.status() == 409 || reply.status() == 422) {
      return new RegisterAnswer.Refused(reply.status());
    }
    if (reply.status() == 403 && isByItsRules(reply)) {
      return new RegisterAnswer.Refused(403);
    }
    if (reply.status() != 200) {
      throw new RegisterUnavailable("the register answered " + reply.status());
    }
    try {
      return RegisterReply.read(request, reply.body());
    } catch (IOException | IllegalArgumentException e) {
      throw new RegisterUnavailable("the register's answer is not as agreed");
    }
  }

  /** What is not asked in time is not asked at all: its disclosure would be in vain. */
  private Duration within(Instant until) throws RegisterUnavailable {
    Duration left = Duration.between(clock.instant(), until);
    if (left.isNegative() || left.isZero()) {
      throw new RegisterUnavailable("the asker's time is over");
    }
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  /** Whether the register itself refuses: another 403 says that this gateway may not come in. */
  private static boolean isByItsRules(Reply reply) {
    try {
      String type = StrictJson.mapper().readTree(reply.body()).path("type").asText();
      return BY_RULES.contains(type);
    } catch (IOException e) {
      return false;
    }
  }

  private Reply post(String path, AskedQuestion question, Duration within)
      throws RegisterUnavailable {
    var headers = new LinkedHashMap<>(Tracing.headers());
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    headers.put(RequestIds.HEADER, question.requester().requestId());
    try {
      byte[] body = StrictJson.mapper().writeValueAsBytes(question);
      return caller.post(base.resolve(path), headers, body, within, LARGEST_ANSWER);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (TransportException e) {
      throw new RegisterUnavailable("the register does not answer: " + e.fault(), e);
    }
  }
}
