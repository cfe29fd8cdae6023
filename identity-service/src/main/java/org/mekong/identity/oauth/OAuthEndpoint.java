package org.mekong.identity.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.journal.Transaction;

/**
 * An endpoint that clients call directly with a form: it reads the form, authenticates the client,
 * uses its assertion up and answers, in one transaction; every refusal has the shape of RFC 6749
 * section 5.2.
 */
@Singleton
public class OAuthEndpoint {
  private final Journal journal;
  private final ClientAuthenticator authenticator;
  private final IssuerAddress issuer;
  private final Clock clock;

  OAuthEndpoint(
      Journal journal, ClientAuthenticator authenticator, IssuerAddress issuer, Clock clock) {
    this.journal = journal;
    this.authenticator = authenticator;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** What an endpoint does for a client that has proved who it is. */
  @FunctionalInterface
  public interface Deed {
    Response in(Transaction transaction, Client client, OAuthForm form)
        throws OAuthRefused, SQLException;
  }

  /**
   * Serves a request.
   *
   * @param path of the endpoint, for example {@code /introspect}
   */
  public Response serve(
      String path, HttpHeaders headers, HttpServerRequest http, byte[] body, Deed deed) {
    try {
      OAuthForm form =
          OAuthForm.read(issuer.at(path), headers, body, ClientCertificate.of(http), Set.of());
      return journal.transact(transaction -> serve(transaction, form, deed));
    } catch (OAuthRefused refused) {
      return refused(refused.error(), headers);
    } catch (JournalUnavailable unavailable) {
      return refused(OAuth2Error.TEMPORARILY_UNAVAILABLE, headers);
    }
  }

  private Response serve(Transaction transaction, OAuthForm form, Deed deed) throws SQLException {
    try {
      ClientAuthenticator.Authenticated client = authenticator.authenticate(transaction, form);
      client.spend(transaction);
      client.requireUsableAt(clock.instant());
      return deed.in(transaction, client.client(), form);
    } catch (OAuthRefused refused) {
      return refused(refused.error(), null);
    }
  }

  /** A JSON answer that nobody keeps. */
  public static Response json(int status, String body) {
    return Response.status(status)
        .entity(body)
        .type(MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store")
        .header("Pragma", "no-cache")
        .build();
  }

  /** An error of RFC 6749 section 5.2. */
  public static Response refused(
      ErrorObject error, @org.jspecify.annotations.Nullable HttpHeaders headers) {
    int status = error.getHTTPStatusCode() > 0 ? error.getHTTPStatusCode() : 400;
    Response.ResponseBuilder response =
        Response.fromResponse(
            json(status, new TokenErrorResponse(error).toJSONObject().toJSONString()));
    boolean byHeader =
        headers != null && !OAuthForm.values(headers, HttpHeaders.AUTHORIZATION).isEmpty();
    if (byHeader && status == 401) {
      response.header("WWW-Authenticate", "Basic realm=\"mekong\", error=\"invalid_client\"");
    }
    return response.build();
  }
}
