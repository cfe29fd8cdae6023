package org.mekong.registry.problem;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.mekong.resourceserver.request.PathGuard;
import org.mekong.resourceserver.request.RefusedPath;

/**
 * Stands before routing and authentication: gives the request its id, refuses targets that two
 * parsers could read in two ways, and bodies over the limit before a byte of them is read.
 */
@Singleton
final class RequestGuard {

  private static final String REQUEST_ID = "mekong.request-id";
  private static final String HEADER = "X-Request-Id";
  private static final int BEFORE_ALL = 10_000;
  private static final int BEHIND_THE_PLATFORM = 1;

  /** Where files come in; everything else is small. */
  private static final String UPLOADS = "/admin/v1/imports";

  private static final long LARGEST_UNTOLD = 1 << 20;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final long largestBody;
  private final long largestUpload;

  RequestGuard(LimitConfig limits) {
    this.largestBody = limits.body();
    this.largestUpload = limits.upload().asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::guard, BEFORE_ALL);
    filters.register(this::limit, BEHIND_THE_PLATFORM);
  }

  /** The id that {@link #guard} gave to a request. */
  static String requestId(RoutingContext context) {
    String id = context.get(REQUEST_ID);
    return id == null ? UUID.randomUUID().toString() : id;
  }

  private void guard(RoutingContext context) {
    String sent = context.request().getHeader(HEADER);
    String id =
        sent != null && UUID_TEXT.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    context.put(REQUEST_ID, id);
    MDC.put("requestId", id);
    context.response().putHeader(HEADER, id);
    try {
      PathGuard.check(context.request().uri());
    } catch (RefusedPath refused) {
      refuse(context, Problem.MALFORMED_REQUEST, refused.getMessage());
      return;
    }
    long most = isUpload(context) ? largestUpload : largestBody;
    if (declaredLength(context) > most) {
      refuse(context, Problem.TOO_LARGE, "The body is larger than " + most + " bytes.");
      return;
    }
    context.next();
  }

  /** Lowers the platform's own limit where no file comes in: it is one for all paths. */
  private void limit(RoutingContext context) {
    if (!isUpload(context) && context.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
      context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, LARGEST_UNTOLD);
    }
    context.next();
  }

  private static boolean isUpload(RoutingContext context) {
    return context.request().method() == HttpMethod.POST
        && UPLOADS.equals(context.request().path());
  }

  private static long declaredLength(RoutingContext context) {
    try {
      String length = context.request().getHeader("Content-Length");
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static void refuse(RoutingContext context, Problem problem, String detail) {
    var document = problem.because(detail);
    JsonObject body =
        new JsonObject()
            .put("type", document.getType().toString())
            .put("title", document.getTitle())
            .put("status", document.getStatusCode())
            .put("detail", detail)
            .put("instance", "urn:uuid:" + requestId(context));
    document.getParameters().forEach(body::put);
    if (context.request().version() != HttpVersion.HTTP_2) {
      // The body that is not read must not be taken for the next request; HTTP/2 knows them apart.
      context.response().putHeader("Connection", "close");
    }
    context
        .response()
        .setStatusCode(document.getStatusCode())
        .putHeader("Content-Type", "application/problem+json")
        .end(body.encode());
  }
}
