package org.mekong.identity.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of problem this service answers (RFC 9457), each with its type, title and what the
 * caller can do. Details never repeat what the caller sent.
 */
public enum Problem {
  MALFORMED_REQUEST(400, "The request cannot be read", "Correct the request and send it again."),
  UNAUTHORIZED(401, "Access needs a token", "Get a token for this service and prove its key."),
  FORBIDDEN(403, "Not permitted", "Ask an administrator for the permission."),
  NOT_FOUND(404, "Nothing here", "Check the address against /q/openapi."),
  METHOD_NOT_ALLOWED(405, "Not by this method", "See /q/openapi for the methods."),
  NOT_ACCEPTABLE(406, "Not in this form", "Accept application/json."),
  CONFLICT(409, "Exists with other content", "Read what exists, or choose another id."),
  PRECONDITION_FAILED(412, "Another version by now", "Read it again and decide anew."),
  CONTENT_TOO_LARGE(413, "The request is too large", "Send at most 64 KiB."),
  UNSUPPORTED_MEDIA_TYPE(415, "Not this media type", "Send the media type named in /q/openapi."),
  INVALID_CONTENT(422, "The content is not acceptable", "Correct the named members."),
  IDEMPOTENCY_KEY_REUSED(
      422, "The Idempotency-Key was used for another request", "Use a new key for a new request."),
  PRECONDITION_REQUIRED(428, "Say which version is meant", "Send If-Match with the ETag read."),
  INTERNAL_ERROR(500, "This service failed", "Try again later; tell the operator the instance."),
  UNAVAILABLE(503, "This service is not available now", "Try again in some seconds.");

  private final int status;
  private final String title;
  private final String action;

  Problem(int status, String title, String action) {
    this.status = status;
    this.title = title;
    this.action = action;
  }

  /** A problem of this kind, to be thrown. */
  public HttpProblem because(String detail) {
    return builder(detail).build();
  }

  /** A problem of this kind, to be completed with headers or members. */
  public HttpProblem.Builder builder(String detail) {
    return HttpProblem.builder()
        .withType(type())
        .withTitle(title)
        .withStatus(status)
        .withDetail(detail)
        .with("action", action);
  }

  /** The body of a request, which must be there. */
  public static <T> T present(@Nullable T request) {
    if (request == null) {
      throw MALFORMED_REQUEST.because("The body is missing.");
    }
    return request;
  }

  /** A problem of a bare status, to be completed with headers or members. */
  public static HttpProblem.Builder of(int status, String detail) {
    return of(status).builder(detail);
  }

  /** The kind that fits a bare status. */
  static Problem of(int status) {
    for (Problem problem : values()) {
      if (problem.status == status) {
        return problem;
      }
    }
    return status >= 500 ? INTERNAL_ERROR : MALFORMED_REQUEST;
  }

  URI type() {
    return URI.create("urn:mekong:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String action() {
    return action;
  }
}
