package org.mekong.identity.address;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.UnreadableQuery;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.Pages;

/** Answers by the kind of endpoint: a page, or an error of RFC 6749 section 5.2 or RFC 6750. */
@Singleton
class UnreadableAddress implements UnreadableQuery {
  private static final Set<String> PEOPLE =
      Set.of(
          "/",
          "/authorize",
          "/authorize/continue",
          "/sign-in",
          "/consent",
          "/consents",
          "/logout",
          "/activate");
  private static final Set<String> CLIENTS = Set.of("/par", "/token", "/introspect", "/revoke");
  private static final String USERINFO = "/userinfo";

  private final Pages pages;
  private final NodeConfig node;

  UnreadableAddress(Pages pages, NodeConfig node) {
    this.pages = pages;
    this.node = node;
  }

  @Override
  public boolean answer(RoutingContext context, String path) {
    if (PEOPLE.contains(path)) {
      page(context);
      return true;
    }
    if (CLIENTS.contains(path) || path.equals(USERINFO)) {
      error(context, path.equals(USERINFO));
      return true;
    }
    return false;
  }

  private void page(RoutingContext context) {
    Language language = Language.choose(null, accepted(context), node.nation());
    Response page = pages.error(400, language, "request-malformed").build();
    HttpServerResponse response = context.response().setStatusCode(page.getStatus());
    page.getStringHeaders().forEach(response::putHeader);
    response.end(page.getEntity().toString());
  }

  private static void error(RoutingContext context, boolean challenged) {
    ErrorObject error =
        OAuth2Error.INVALID_REQUEST.setDescription(
            "The query is not well encoded (UTF-8, percent escapes).");
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(400)
            .putHeader("Content-Type", "application/json")
            .putHeader("Cache-Control", "no-store");
    if (challenged) {
      response.putHeader("WWW-Authenticate", "DPoP error=\"invalid_request\"");
    }
    response.end(error.toJSONObject().toJSONString());
  }

  private static List<Locale> accepted(RoutingContext context) {
    String header = Objects.requireNonNullElse(context.request().getHeader("Accept-Language"), "");
    try {
      return header.isBlank()
          ? List.of()
          : Locale.LanguageRange.parse(header).stream()
              .map(range -> Locale.forLanguageTag(range.getRange()))
              .toList();
    } catch (IllegalArgumentException malformed) {
      return List.of();
    }
  }
}
