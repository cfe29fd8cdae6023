package org.mekong.registry.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.mekong.resourceserver.request.AccessRule;

/** Every way in which this service says no (RFC 9457): type, status, title and what to do. */
public enum Problem {
  MALFORMED_REQUEST(400, "The request cannot be read", "Correct the request and send it again."),
  INVALID_REQUEST(
      400, "The request breaks a rule", "Correct the named fields and send the request again."),
  UNKNOWN_PURPOSE(
      400, "No such purpose", "Name a purpose that GET /admin/v1/purposes lists as known."),
  IDEMPOTENCY_KEY_REQUIRED(
      400,
      "The request needs an idempotency key",
      "Send a new random Idempotency-Key header of 8 to 128 letters, digits, - or _."),
  MISSING_TOKEN(
      401,
      "The request is not authenticated",
      "Get an access token from the nation's issuer and send it with a DPoP proof."),
  INVALID_TOKEN(401, "The access token is refused", "Get a new access token and send it again."),
  INVALID_PROOF(
      401, "The DPoP proof is refused", "Make a new proof for this very request and send it."),
  FORBIDDEN(403, "The caller may not do this", "Ask the node's administrator for the permission."),
  PURPOSE_NOT_GRANTED(
      403,
      "The token does not carry this purpose or field",
      "Ask for a token whose authorization_details name the purpose, the kind and the fields."),
  PURPOSE_NOT_IN_FORCE(
      403, "The purpose is not in force", "Name a purpose that is in force today."),
  NOT_PERMITTED(
      403,
      "The register does not permit this",
      "Repeat the request with explain=true: it tells which rule is missing and who can add it."),
  NO_SUCH_PERSON(404, "No such person is available", "Check the identifier."),
  NOT_FOUND(404, "There is nothing here", "See /q/openapi for what there is."),
  METHOD_NOT_ALLOWED(405, "This method is not offered here", "See /q/openapi for what there is."),
  NOT_ACCEPTABLE(406, "No such representation", "Accept application/json."),
  CONFLICT(409, "The request conflicts with the register", "Read the current state and decide."),
  REQUEST_ID_REUSED(
      409,
      "The request id belongs to another question",
      "Ask under a new request id, or repeat the first question unchanged."),
  EVENT_CONFLICT(
      409,
      "The event does not fit what the register knows",
      "Read the timelines of the persons named, and correct or annul what is wrong there first."),
  NUMBER_BLOCK_EXHAUSTED(
      409,
      "No personal number is left for these facts of birth",
      "Tell the node's operator: the number scheme needs a wider block; GET"
          + " /admin/v1/identifier-blocks lists the fullest."),
  CURSOR_GONE(
      410,
      "What follows the cursor cannot be had any more",
      "Take a new cursor with after=latest, then read anew what you keep, and follow that cursor."),
  PRECONDITION_FAILED(
      412,
      "It was changed meanwhile",
      "Read it again, decide anew, and send the change with its new ETag as If-Match."),
  TOO_LARGE(413, "The request body is too large", "Send a smaller body."),
  UNSUPPORTED_MEDIA_TYPE(415, "This media type is not read here", "Send application/json."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The idempotency key belongs to another request",
      "Use a new key for a new request, or repeat the first request unchanged."),
  INVALID_CURSOR(
      422,
      "The cursor is not one of this request",
      "Repeat the request without a cursor, and then only change the cursor and the limit."),
  PRECONDITION_REQUIRED(
      428,
      "The request has to say which state it changes",
      "Read it, and send the change with its ETag as If-Match."),
  TOO_MANY_STREAMS(
      429, "Too many streams are open", "Close a stream, or try again later; or ask by cursor."),
  TOO_MANY_FILES(
      429,
      "Other files arrive",
      "Send the file again when one of them has arrived, with the same Idempotency-Key."),
  INTERNAL(
      500, "The service failed", "Try again later; give the instance to the operator if it stays."),
  ISSUER_UNAVAILABLE(
      503,
      "The access token cannot be judged now",
      "Try again later; if it stays so, tell the node's operator."),
  LOG_UNCOSIGNED(
      503,
      "Answers abroad wait",
      "Try again later; the node's operator sees why under \"log witnesses\" in its health."),
  NOT_SIGNED(
      503,
      "Answers cannot be signed now",
      "Try again later; nothing was disclosed. If it stays so, tell the node's operator."),
  NOT_RECORDED(
      503,
      "The answer could not be recorded, so it is not given",
      "Try again later; nothing was disclosed."),
  UNAVAILABLE(
      503,
      "The register's database does not answer now",
      "Send the request again later, with the same Idempotency-Key where it has one: what was done"
          + " is not done twice.");

  private final int status;
  private final String title;
  private final String action;

  Problem(int status, String title, String action) {
    this.status = status;
    this.title = title;
    this.action = action;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The problem type: {@code urn:mekong:problem:<name>}. */
  public URI type() {
    return URI.create("urn:mekong:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** This problem, with what is wrong in this case; the detail holds no personal data. */
  public HttpProblem because(String detail) {
    return document(detail).build();
  }

  /** This problem, with the rule of a policy that refused. */
  public HttpProblem because(String detail, String rule) {
    return document(detail).with("rule", rule).build();
  }

  /** This problem, with a member that tells what stands in the way. */
  public HttpProblem because(String detail, String member, Object value) {
    return document(detail).with(member, value).build();
  }

  /** This problem, with the seconds after which it may be over. */
  public HttpProblem retryAfter(String detail, String seconds) {
    return document(detail).withHeader("Retry-After", seconds).build();
  }

  /** The problem of credentials that a rule of RFC 6750 or RFC 9449 refused. */
  public static HttpProblem refusedAccess(AccessRule rule) {
    Problem problem =
        switch (rule.error()) {
          case "" -> MISSING_TOKEN;
          case "invalid_dpop_proof" -> INVALID_PROOF;
          case "insufficient_scope" -> FORBIDDEN;
          default -> INVALID_TOKEN;
        };
    return problem
        .document(rule.advice())
        .withStatus(rule.status())
        .withHeader("WWW-Authenticate", rule.challenge())
        .with("rule", rule.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .build();
  }

  /** The title of the type. */
  String title() {
    return title;
  }

  /** The problem of a request whose members broke rules. */
  public static HttpProblem invalid(List<Violation> violations) {
    Violation first = violations.getFirst();
    return INVALID_REQUEST
        .document(first.field() + " " + first.detail())
        .with("rule", first.rule())
        .with("violations", violations)
        .build();
  }

  /** The problem of one member. */
  public static HttpProblem invalid(String field, String rule, String detail) {
    return invalid(List.of(new Violation(field, rule, detail)));
  }

  /** The problem for a status that the platform chose. */
  public static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> MISSING_TOKEN;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      default -> status >= 500 ? INTERNAL : MALFORMED_REQUEST;
    };
  }

  private HttpProblem.Builder document(String detail) {
    return HttpProblem.builder()
        .withType(type())
        .withTitle(title)
        .withStatus(status)
        .withDetail(detail)
        .with("action", action);
  }
}
