package org.mekong.gateway.lookup;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.mekong.gateway.exchange.ExchangeFailure;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.message.Refusal;

/** What an agency is told when there is no answer. */
final class LookupProblem {

  private static final String AGAIN =
      " Send the lookup again later, with the same Idempotency-Key if it had one.";

  /** The rule that stops lookups abroad while the log waits for its witnesses. */
  static final String UNCOSIGNED = "log/uncosigned";

  /** The rule that ends a lookup whose time is over. */
  static final String EXPIRED = "lookup/expired";

  private LookupProblem() {}

  /** How the end of a lookup whose time is over is kept. */
  static Refusal expiry() {
    return new Refusal(
        EXPIRED,
        408,
        "The time of this lookup is over, and no answer came.",
        "Ask anew if the answer is still needed.");
  }

  /** What became of a lookup that was refused, or given up, before. */
  static HttpProblem repeated(Refusal refusal) {
    return refusal.rule().equals(EXPIRED) ? expired() : refused(refusal).build();
  }

  static HttpProblem expired() {
    Refusal expiry = expiry();
    return Problem.of("expired", 504, "No answer from the peer", expiry.detail(), expiry.action())
        .with("rule", EXPIRED)
        .build();
  }

  static HttpProblem uncosigned() {
    return Problem.of(
            "log-uncosigned",
            503,
            "Serving abroad waits",
            "No witness has cosigned this gateway's log for too long, so nothing may cross the border on its word.",
            "The operator of this gateway must act: see \"log witnesses\" in its health." + AGAIN)
        .with("rule", UNCOSIGNED)
        .withHeader("Retry-After", 5)
        .build();
  }

  /** The rule of a lookup that our own register did not answer. */
  static final String NO_REGISTER = "register/unavailable";

  static HttpProblem noRegister() {
    return Problem.of(
            "register-unavailable",
            503,
            "No answer from the register",
            "This nation's register does not answer, or not as agreed.",
            "The operator of this nation's register must act." + AGAIN)
        .with("rule", NO_REGISTER)
        .withHeader("Retry-After", 5)
        .build();
  }

  static HttpProblem.Builder refused(Refusal refusal) {
    return Problem.of(
            "refused", refusal.status(), "Refused by a rule", refusal.detail(), refusal.action())
        .with("rule", refusal.rule());
  }

  static HttpProblem failure(ExchangeFailure failure, String country) {
    String gateway = "The gateway of " + country;
    String operator = "The operator of the gateway of " + country + " must act.";
    return switch (failure.kind()) {
      case SILENT, HURRIED ->
          problem(
              "peer-silent", 504, gateway + " did not answer in time.", operator + AGAIN, failure);
      case UNREACHABLE ->
          problem(
              "peer-unreachable", 502, gateway + " cannot be reached.", operator + AGAIN, failure);
      case UNTRUSTED ->
          problem(
              "peer-untrusted",
              502,
              "The certificates of both gateways do not fit together.",
              "The operators of both gateways must act.",
              failure);
      case UNAVAILABLE ->
          problem(
              "peer-unavailable", 502, gateway + " cannot answer now.", operator + AGAIN, failure);
      case INVALID -> invalid(gateway, failure);
      case POSTPONED ->
          later(
              "peer-busy",
              1,
              gateway + " takes this question later; nothing was disclosed.",
              operator,
              failure);
      case BUSY ->
          later("peer-busy", 1, gateway + " has too many questions to answer.", operator, failure);
      case PAUSED ->
          later(
              "peer-paused",
              5,
              gateway + " failed too often and is not asked for a while; nothing was sent.",
              operator,
              failure);
    };
  }

  private static HttpProblem invalid(String gateway, ExchangeFailure failure) {
    boolean early = failure.rule().equals("exchange/answer/clock");
    return problem(
        "peer-answer-invalid",
        502,
        early
            ? gateway + " gave an answer that by our clock is signed in the future."
            : gateway + " gave an answer that does not verify; nothing of it is passed on.",
        early
            ? "The operators of both gateways must set the clock right that is wrong." + AGAIN
            : "The operators of both gateways must act: show them the instance.",
        failure);
  }

  private static HttpProblem problem(
      String name, int status, String detail, String action, ExchangeFailure failure) {
    return Problem.of(name, status, "No answer from the peer", detail, action)
        .with("rule", failure.rule())
        .build();
  }

  private static HttpProblem later(
      String name, int seconds, String detail, String action, ExchangeFailure failure) {
    return Problem.of(name, 503, "No answer from the peer", detail, action + AGAIN)
        .with("rule", failure.rule())
        .withHeader("Retry-After", seconds)
        .build();
  }

  static HttpProblem keyReused() {
    return Problem.of(
            "idempotency-key-reused",
            422,
            "Idempotency-Key reused",
            "This key was used for another question.",
            "Use a new key for a new question.")
        .build();
  }

  static HttpProblem keyExpired() {
    return Problem.of(
            "idempotency-key-expired",
            410,
            "Outcome no longer kept",
            "This lookup was done, and its outcome is erased.",
            "Use a new key if the answer is still needed.")
        .build();
  }

  static HttpProblem inProgress() {
    return Problem.of(
            "in-progress",
            409,
            "In progress",
            "A lookup with this key is being done.",
            "Send the same again in a second.")
        .withHeader("Retry-After", 1)
        .build();
  }
}
