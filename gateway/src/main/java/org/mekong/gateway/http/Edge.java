package org.mekong.gateway.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.request.PathGuard;
import org.mekong.resourceserver.request.RefusedPath;

/**
 * What every request passes before anything else looks at it: it gets its id and the headers of
 * safety, and is refused when its path can be read in two ways, or when its body is packed or over
 * the limit. The limits of the server beneath come later, so that what is refused is told.
 */
@ApplicationScoped
public class Edge {

  private static final int FIRST = 10_000;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Where many questions come in one body. */
  private static final String BATCH = "/v1/lookups/batch";

  /** Where peers ask; what is refused there is told by whoever answers them. */
  private static final String PEERS = "/exchange/";

  /** What has a body, whether or not its length is announced. */
  private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH);

  /** What may have one, which on HTTP/2 no header tells. */
  private static final Set<HttpMethod> PERHAPS = Set.of(HttpMethod.PUT, HttpMethod.DELETE);

  @Inject Event<RefusedAtEdge> refused;

  @ConfigProperty(name = "gateway.http.max-body-bytes", defaultValue = "65536")
  long maxBody;

  @ConfigProperty(name = "gateway.http.max-batch-bytes", defaultValue = "262144")
  long maxBatch;

  private @Nullable Router router;

  void register(@Observes Filters filters) {
    filters.register(this::pass, FIRST);
  }

  void know(@Observes Router all) {
    router = all;
  }

  private void pass(RoutingContext context) {
    Optional<Buffer> read = ReadRequest.take();
    if (read.isPresent()) {
      goOn(context, read.get());
    } else {
      admit(context);
    }
  }

  private static void goOn(RoutingContext context, Buffer body) {
    context.addHeadersEndHandler(ignored -> MDC.remove(RequestIds.MDC_KEY));
    ((RoutingContextInternal) context).setBody(body);
    context.next();
  }

  private void admit(RoutingContext context) {
    HttpServerRequest request = context.request();
    String requestId = requestId(request.getHeader(RequestIds.HEADER));
    MDC.put(RequestIds.MDC_KEY, requestId);
    context
        .response()
        .putHeader(RequestIds.HEADER, requestId)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    try {
      PathGuard.check(request.uri());
    } catch (RefusedPath e) {
      refuse(
          context,
          400,
          "refused-path",
          "Refused path",
          "The path can be read in more than one way: " + e.getMessage() + ".",
          "Send the path as the documentation writes it.");
      return;
    }
    long limit = BATCH.equals(request.path()) ? maxBatch : maxBody;
    if (announcedLength(request) > limit) {
      tooLarge(context, limit);
      return;
    }
    if (packed(request) && !ofPeers(request)) {
      refuse(
          context,
          415,
          "unsupported-media-type",
          "Unsupported form",
          "The body is encoded.",
          "Send the body without an encoding.");
      return;
    }
    if (hasUnannouncedBody(request)) {
      readUnannounced(context, limit);
    } else {
      context.addHeadersEndHandler(ignored -> MDC.remove(RequestIds.MDC_KEY));
      context.next();
    }
  }

  /**
   * Reads a body whose length was not announced before anything else does, because over the limit
   * the server beneath answers without a document, and on HTTP/2 wrongly.
   */
  private void readUnannounced(RoutingContext context, long limit) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= limit) {
            body.appendBuffer(chunk);
            if (body.length() > limit) {
              tooLarge(context, limit);
            }
          }
        });
    request.endHandler(
        ignored -> {
          if (body.length() == 0 && WITH_BODY.contains(request.method())) {
            refuse(
                context,
                400,
                "malformed-request",
                "Malformed request",
                "The body is missing.",
                "Send the body that /q/openapi describes.");
          } else if (body.length() > limit) {
            return; // refused
          } else if (request.version() == HttpVersion.HTTP_2) {
            Objects.requireNonNull(router).handle(new ReadRequest(request, body));
          } else {
            goOn(context, body);
          }
        });
  }

  /** Answers 413 as a problem document. */
  private void tooLarge(RoutingContext context, long limit) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader("Connection", "close");
    }
    refuse(
        context,
        413,
        "too-large",
        "Body over the limit",
        "A body may hold " + limit + " bytes.",
        "Send less.");
  }

  private static boolean hasUnannouncedBody(HttpServerRequest request) {
    return request.getHeader("Content-Length") == null
        && (WITH_BODY.contains(request.method())
            || request.getHeader("Transfer-Encoding") != null
            || (request.version() == HttpVersion.HTTP_2 && PERHAPS.contains(request.method())));
  }

  /** What is packed is not unpacked to see what it holds. */
  private static boolean packed(HttpServerRequest request) {
    String encoding = request.getHeader("Content-Encoding");
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  private static boolean ofPeers(HttpServerRequest request) {
    return String.valueOf(request.path()).startsWith(PEERS);
  }

  private static String requestId(String given) {
    return given != null && UUID_TEXT.matcher(given).matches()
        ? given
        : RequestIds.next().toString();
  }

  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length == null) {
      return 0;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void refuse(
      RoutingContext context, int status, String name, String title, String detail, String action) {
    UUID requestId = RequestIds.current();
    HttpServerRequest request = context.request();
    ProblemKinds.note(name);
    JsonObject problem =
        new JsonObject()
            .put("type", Problem.type(name).toString())
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("instance", "urn:uuid:" + requestId);
    if (ofPeers(request)) {
      String rule = "exchange/" + name.replace("malformed-request", "malformed");
      problem.put("rule", rule).put("action", "The asking gateway must act: " + action);
      refused.fire(new RefusedAtEdge(requestId, rule, true, Clients.certificate(request)));
    } else {
      problem.put("action", action);
      refused.fire(new RefusedAtEdge(requestId, "request/" + name, false, Optional.empty()));
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.encode());
  }
}
