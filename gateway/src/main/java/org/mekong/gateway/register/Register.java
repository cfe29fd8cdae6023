package org.mekong.gateway.register;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Predicate;
import org.mekong.gateway.message.PredicateAnswer;
import org.mekong.gateway.message.Subject;
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
  private final Caller caller;

  @Inject
  public Register(RegistryConfig config, Callers callers) {
    this.base = config.url();
    this.timeout = config.timeout();
    this.caller =
        config
            .certificateSubject()
            .map(subject -> callers.pinnedTo(new X500Principal(subject)))
            .orElseGet(callers::trusting);
  }

  @JsonInclude(Include.NON_NULL)
  private record Requester(
      String requestId,
      String country,
      String agency,
      String agencyClass,
      String officer,
      String legalBasis,
      @Nullable Instant visibleAfter) {}

  @JsonInclude(Include.NON_NULL)
  private record AskedQuestion(
      String purpose,
      String legalBasis,
      Subject subject,
      @Nullable List<Predicate> predicates,
      @Nullable List<String> fields,
      Requester requester) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Disclosure(String origin, long index) {
    EntryReference reference() {
      return new EntryReference(origin, index);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record VerificationAnswer(List<PredicateAnswer> answers, Disclosure disclosure) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record ReadingAnswer(
      String outcome, @Nullable Map<String, Object> person, Disclosure disclosure) {}

  /**
   * Asks what the request asks, and no more comes back than it asked for.
   *
   * @param request of a peer, verified and allowed
   * @param legalBasis this nation's own
   * @param visibleAfter when the person may see the disclosure; null for at once
   * @throws RegisterUnavailable when there is no answer that may be passed on
   */
  public RegisterAnswer ask(
      ExchangeRequest request, String legalBasis, @Nullable Instant visibleAfter)
      throws RegisterUnavailable {
    boolean verify = request.kind() == LookupKind.VERIFY;
    Reply reply =
        post(
            verify ? "/v1/verifications" : "/v1/readings",
            question(request, legalBasis, visibleAfter));
    if (reply.status() == 400 || reply.status() == 422) {
      return new RegisterAnswer.Refused(reply.status());
    }
    if (reply.status() == 403 && isByItsRules(reply)) {
      return new RegisterAnswer.Refused(403);
    }
    if (reply.status() != 200) {
      throw new RegisterUnavailable("the register answered " + reply.status());
    }
    try {
      return verify ? verified(request, reply) : read(request, reply);
    } catch (IOException | IllegalArgumentException e) {
      throw new RegisterUnavailable("the register's answer is not as agreed");
    }
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

  private Reply post(String path, AskedQuestion question) throws RegisterUnavailable {
    var headers = new LinkedHashMap<>(Tracing.headers());
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    headers.put(RequestIds.HEADER, question.requester().requestId());
    try {
      byte[] body = StrictJson.mapper().writeValueAsBytes(question);
      return caller.post(base.resolve(path), headers, body, timeout, LARGEST_ANSWER);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (TransportException e) {
      throw new RegisterUnavailable("the register does not answer: " + e.fault(), e);
    }
  }

  private static AskedQuestion question(
      ExchangeRequest request, String legalBasis, @Nullable Instant visibleAfter) {
    return new AskedQuestion(
        request.purpose(),
        legalBasis,
        request.subject(),
        request.predicates(),
        request.fields(),
        new Requester(
            request.requestId().toString(),
            request.from(),
            request.agency(),
            request.agencyClass(),
            request.officer(),
            request.legalBasis(),
            visibleAfter));
  }

  private static RegisterAnswer verified(ExchangeRequest request, Reply reply)
      throws IOException, RegisterUnavailable {
    VerificationAnswer answer =
        StrictJson.mapper().readValue(reply.body(), VerificationAnswer.class);
    if (answer.answers() == null || answer.disclosure() == null) {
      throw new RegisterUnavailable("the register's answer is not complete");
    }
    List<String> names = answer.answers().stream().map(PredicateAnswer::name).toList();
    if (!names.equals(request.names())) {
      throw new RegisterUnavailable("the register answered other predicates than were asked");
    }
    return new RegisterAnswer.Verified(answer.answers(), answer.disclosure().reference());
  }

  private static RegisterAnswer read(ExchangeRequest request, Reply reply)
      throws IOException, RegisterUnavailable {
    ReadingAnswer answer = StrictJson.mapper().readValue(reply.body(), ReadingAnswer.class);
    if (answer.disclosure() == null) {
      throw new RegisterUnavailable("the register's answer is not complete");
    }
    EntryReference disclosure = answer.disclosure().reference();
    return switch (answer.outcome()) {
      case "not_available" -> new RegisterAnswer.Read(null, disclosure);
      case "answered" -> {
        if (answer.person() == null || !request.names().containsAll(answer.person().keySet())) {
          throw new RegisterUnavailable("the register answered other fields than were asked");
        }
        yield new RegisterAnswer.Read(answer.person(), disclosure);
      }
      case null, default -> throw new RegisterUnavailable("the register's outcome is unknown");
    };
  }
}
