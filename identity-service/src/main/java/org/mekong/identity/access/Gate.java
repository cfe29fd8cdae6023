package org.mekong.identity.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import org.mekong.resourceserver.request.PathGuard;
import org.mekong.resourceserver.request.RefusedPath;

/**
 * The first thing a request meets: it gets its id, and is refused when its path can be read in two
 * ways or its body is announced too large. The last thing too: what nothing answers is a problem.
 */
@ApplicationScoped
class Gate {
  static final int LARGEST_BODY = 64 * 1024;
  private static final int BEFORE_ALL_ELSE = 10_000;
  private final Clock clock;
  private final UnreadableQuery unreadable;

  Gate(Clock clock, UnreadableQuery unreadable) {
    this.clock = clock;
    this.unreadable = unreadable;
  }

  void first(@Observes Filters filters) {
    filters.register(this::enter, BEFORE_ALL_ELSE);
  }

  void last(@Observes Router router) {
    router
        .route()
        .last()
        .handler(context -> answer(context, Problem.NOT_FOUND, "Nothing is served at this path."));
  }

  private void enter(RoutingContext context) {
    String id = RequestId.accept(context.request().getHeader(RequestId.HEADER), clock);
    context.put(RequestId.HEADER, id);
    context.response().putHeader(RequestId.HEADER, id);
    try {
      check(context.request().uri());
    } catch (RefusedPath refused) {
      refuse(context, refused.getMessage());
      return;
    } catch (URISyntaxException none) {
      refuse(context, "the request target holds a character that must be encoded");
      return;
    }
    if (announcesTooMuch(context)) {
      answer(context, Problem.CONTENT_TOO_LARGE, "The body is larger than 64 KiB.");
      return;
    }
    context.next();
  }

  /** One reading, and one that every part of this service has. */
  private static void check(String target) throws RefusedPath, URISyntaxException {
    PathGuard.check(target);
    new URI(target).getPath();
  }

  private void refuse(RoutingContext context, String detail) {
    if (!readableUpToItsQuery(context) || !unreadable.answer(context, path(context))) {
      answer(context, Problem.MALFORMED_REQUEST, detail);
    }
  }

  private static boolean readableUpToItsQuery(RoutingContext context) {
    try {
      check(path(context));
      return true;
    } catch (RefusedPath | URISyntaxException refused) {
      return false;
    }
  }

  private static String path(RoutingContext context) {
    return context.request().uri().split("\\?", 2)[0];
  }

  private static boolean announcesTooMuch(RoutingContext context) {
    String length = context.request().getHeader("Content-Length");
    return length != null
        && (length.length() > 9
            || !length.chars().allMatch(Character::isDigit)
            || Long.parseLong(length) > LARGEST_BODY);
  }

  private static void answer(RoutingContext context, Problem problem, String detail) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten()) {
      return;
    }
    JsonObject document =
        new JsonObject()
            .put("type", problem.type().toString())
            .put("title", problem.title())
            .put("status", problem.status())
            .put("detail", detail)
            .put("instance", "urn:uuid:" + context.get(RequestId.HEADER))
            .put("action", problem.action());
    response.setStatusCode(problem.status()).putHeader("Content-Type", "application/problem+json");
    if (problem == Problem.CONTENT_TOO_LARGE) {
      response.putHeader("Connection", "close"); // the body is not read
    }
    response.end(document.encode());
  }
}
