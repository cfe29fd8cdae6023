package org.mekong.portal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mekong.portal.SignInFailed.Reason;

/**
 * The running application. It listens on this machine alone; closing it signs everybody out of it.
 */
public final class Portal implements AutoCloseable {
  private final PortalSettings settings;
  private final Provider provider;
  private final SignIn signIn;
  private final PortalPages pages;
  private final Visits visits;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Portal(PortalSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.provider = new Provider(settings);
    this.signIn = new SignIn(settings, provider);
    this.pages = new PortalPages(settings);
    this.visits = new Visits(clock);
    this.server =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.address().getPort()),
            0);
    server.setHttpsConfigurator(new HttpsConfigurator(ServerTls.of(settings.folder())));
    server.setExecutor(threads);
  }

  /** Starts it. */
  public static Portal start(PortalSettings settings, Clock clock) throws IOException {
    Portal portal = new Portal(settings, clock);
    portal.server.createContext("/", http -> Exchange.serve(http, settings, portal::answer));
    portal.server.start();
    return portal;
  }

  private void answer(Exchange exchange) throws IOException {
    switch (exchange.method() + " " + exchange.path()) {
      case "GET /" -> home(exchange);
      case "GET /portal.css" -> exchange.answer(200, "text/css;charset=utf-8", pages.styles());
      case "POST /sign-in" -> begin(exchange);
      case "GET /callback" -> finish(exchange);
      case "POST /sign-out" -> signOut(exchange);
      case "GET /signed-out" -> page(exchange, 200, pages.signedOut(language(exchange)));
      case "POST /back-channel-logout" -> toldOfLogout(exchange);
      default -> exchange.answer(404, "text/plain;charset=utf-8", "Nothing is served here.\n");
    }
  }

  private void home(Exchange exchange) throws IOException {
    String language = language(exchange);
    Optional<SignedIn> who = visits.of(exchange.cookie(Exchange.SESSION));
    page(
        exchange,
        200,
        who.map(signedIn -> pages.signedIn(language, signedIn))
            .orElseGet(() -> pages.welcome(language)));
  }

  private void begin(Exchange exchange) throws IOException {
    if (exchange.isForeign()) {
      fail(exchange, new SignInFailed(Reason.STRAY), language(exchange));
      return;
    }
    SignIn.Sent sent =
        new SignIn.Sent(new State(32), new Nonce(32), new CodeVerifier(), language(exchange));
    try {
      URI there = signIn.push(sent);
      exchange.setCookie(Exchange.ON_THE_WAY, visits.sentOff(sent));
      exchange.redirect(there);
    } catch (SignInFailed failed) {
      fail(exchange, failed, language(exchange));
    }
  }

  private void finish(Exchange exchange) throws IOException {
    Optional<SignIn.Sent> taken = visits.takeSent(exchange.cookie(Exchange.ON_THE_WAY));
    if (taken.isEmpty()) {
      fail(exchange, new SignInFailed(Reason.STRAY), language(exchange));
      return;
    }
    SignIn.Sent sent = taken.get();
    try {
      SignedIn who = signIn.finish(sent, exchange.uri());
      visits.end(exchange.cookie(Exchange.SESSION));
      exchange.setCookie(Exchange.ON_THE_WAY, "");
      exchange.setCookie(Exchange.SESSION, visits.signedIn(who));
      exchange.redirect(URI.create("/?lang=" + sent.language()));
    } catch (SignInFailed failed) {
      fail(exchange, failed, sent.language());
    }
  }

  /** Signs out here, and sends the person on to sign out of the identity-service too. */
  private void signOut(Exchange exchange) throws IOException {
    if (exchange.isForeign()) {
      fail(exchange, new SignInFailed(Reason.STRAY), language(exchange));
      return;
    }
    Optional<SignedIn> who = visits.end(exchange.cookie(Exchange.SESSION));
    exchange.setCookie(Exchange.SESSION, "");
    if (who.isEmpty()) {
      exchange.redirect(settings.signedOut());
      return;
    }
    String language = language(exchange);
    exchange.redirect(
        new LogoutRequest(
                provider.metadata().getEndSessionEndpointURI(),
                who.get().idToken(),
                null,
                null,
                settings.signedOut(),
                new State(language), // comes back, so that the page goes on in it
                SignIn.tags(language))
            .toURI());
  }

  /** OpenID Connect Back-Channel Logout section 2.5. */
  private void toldOfLogout(Exchange exchange) throws IOException {
    Map<String, List<String>> form = URLUtils.parseParameters(exchange.body());
    List<String> tokens = form.getOrDefault("logout_token", List.of());
    if (tokens.size() != 1) {
      exchange.answer(400, "text/plain;charset=utf-8", "");
      return;
    }
    try {
      LogoutTokenClaimsSet claims = provider.verified(JWTParser.parse(tokens.getFirst()));
      if (claims.getSessionID() != null) {
        visits.endSession(claims.getSessionID().getValue());
      } else {
        visits.endSubject(claims.getSubject().getValue());
      }
      exchange.answer(200, "text/plain;charset=utf-8", "");
    } catch (ParseException | JOSEException | BadJOSEException unproved) {
      exchange.answer(400, "text/plain;charset=utf-8", "");
    }
  }

  private void fail(Exchange exchange, SignInFailed failed, String language) throws IOException {
    int status =
        switch (failed.reason()) {
          case DENIED -> 200;
          case STRAY, UNPROVED -> 400;
          case UNAVAILABLE -> 503;
        };
    page(exchange, status, pages.failed(language, failed.reason()));
  }

  private void page(Exchange exchange, int status, String html) throws IOException {
    exchange.answer(status, "text/html;charset=utf-8", html);
  }

  private String language(Exchange exchange) {
    Optional<String> asked = exchange.parameter("lang").or(() -> exchange.parameter("state"));
    return pages.language(asked, exchange.header("Accept-Language"));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
