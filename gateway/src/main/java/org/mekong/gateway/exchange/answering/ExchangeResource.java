package org.mekong.gateway.exchange.answering;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.exchange.PeerExchange;
import org.mekong.gateway.exchange.TimeLeft;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;

/**
 * Where peers ask. Nobody signs in here: the caller is known by its certificate, which the trust
 * store has vouched for and whose subject is pinned, and its request by its signature.
 */
@Path("/exchange/v1")
@PermitAll
@RunOnVirtualThread
@Tag(name = "exchange", description = "Between gateways, by mutual TLS and signed messages")
public class ExchangeResource {

  private static final Logger LOG = Logger.getLogger(ExchangeResource.class);

  private final Peers peers;
  private final Answering answering;

  @Inject
  public ExchangeResource(Peers peers, Answering answering) {
    this.peers = peers;
    this.answering = answering;
  }

  /** What a peer gets. */
  public record SignedReply(String answer, String receipt) {}

  /** Answers a signed request of a peer. */
  @POST
  @Path("/requests")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "exchange",
      summary = "Answers a signed request of a peer gateway",
      description =
          "The body is a compact JWS (ES256, typ mekong-request+jwt). The same request sent again"
              + " gets the first answer. A refusal is a problem document whose members answer and"
              + " receipt are signed and logged as well.")
  @RequestBody(
      content =
          @Content(
              mediaType = PeerExchange.MEDIA_TYPE,
              examples =
                  @ExampleObject(
                      name = "request",
                      value =
                          "eyJhbGciOiJFUzI1NiIsInR5cCI6Im1la29uZy1yZXF1ZXN0K2p3dCIsImtpZCI6Ii4uLiJ9.eyJyZXF1ZXN0X2lkIjoiLi4uIn0.c2ln")))
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "answer",
                      value =
                          """
                          {"answer": "eyJhbGciOiJFUzI1NiIs...", "receipt": "c2sp.org/tlog-proof@v1\\n..."}
                          """)))
  @APIResponse(responseCode = "403", description = "Refused, with the rule")
  public Response exchange(@Context HttpServerRequest http, String compact) {
    long start = System.nanoTime();
    Peer peer = peer(http);
    try {
      if (peer.suspended()) {
        throw suspended(peer);
      }
      refuseOtherForms(peer, http);
      ExchangeReply reply =
          answering.answer(
              peer,
              compact.strip(),
              TimeLeft.until(http.getHeader(TimeLeft.HEADER), Instant.now()));
      String timing = "total;dur=" + (System.nanoTime() - start) / 1_000_000;
      if (reply.refusal().isPresent()) {
        throw problem(reply, reply.refusal().get(), timing);
      }
      return Response.ok(new SignedReply(reply.answer(), reply.receipt()))
          .header("Server-Timing", timing)
          .header("Cache-Control", "no-store")
          .build();
    } catch (MessageRefused e) {
      throw refused(peer, e);
    } catch (NoAnswerNow e) {
      if (!e.isFlood()) {
        LOG.errorf("No answer to %s: %s", peer.nation(), e.getMessage());
      }
      throw Problem.unavailable("No answer now: " + e.getMessage() + ".");
    }
  }

  /** A compact JWS is one line of text: nothing else is unpacked to see whether it holds one. */
  private void refuseOtherForms(Peer peer, HttpServerRequest http) throws NoAnswerNow {
    String encoding = http.getHeader("Content-Encoding");
    String type = http.getHeader("Content-Type");
    boolean encoded = encoding != null && !encoding.equalsIgnoreCase("identity");
    if (encoded || !PeerExchange.MEDIA_TYPE.equalsIgnoreCase(bare(type))) {
      String rule = encoded ? "exchange/encoding" : "exchange/media-type";
      answering.unreadable(peer, rule);
      throw Problem.of(
              "unsupported-media-type",
              415,
              "Unsupported form",
              encoded ? "The body is encoded." : "The body is not " + PeerExchange.MEDIA_TYPE + ".",
              "The asking gateway must act: send the signed request as "
                  + PeerExchange.MEDIA_TYPE
                  + ", without an encoding.")
          .with("rule", rule)
          .build();
    }
  }

  private static String bare(@Nullable String type) {
    if (type == null) {
      return "";
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
  }

  private Peer peer(HttpServerRequest http) {
    try {
      var chain =
          http.connection().sslSession() == null
              ? null
              : http.connection().sslSession().getPeerCertificates();
      if (chain != null && chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
        return peers
            .find(certificate)
            .orElseThrow(
                () ->
                    Problem.refused(
                            "exchange/certificate",
                            "The client certificate is not that of a peer.",
                            "The operators of both gateways must agree on the certificate.")
                        .build());
      }
    } catch (SSLPeerUnverifiedException e) {
      LOG.debug("no client certificate", e);
    }
    throw Problem.of(
            "certificate-required",
            401,
            "A client certificate is needed",
            "This operation is for peer gateways, which show their certificate.",
            "Connect with the client certificate that this gateway has pinned.")
        .with("rule", "exchange/certificate")
        .build();
  }

  private HttpProblem suspended(Peer peer) throws NoAnswerNow {
    answering.unreadable(peer, "exchange/suspended");
    return Problem.refused(
            "exchange/suspended",
            "This gateway has suspended the exchange with " + peer.nation() + ".",
            "The operators of both gateways must agree to resume it.")
        .build();
  }

  private static HttpProblem refused(Peer peer, MessageRefused e) {
    LOG.warnf("Refused a message of %s: %s", peer.nation(), e.getMessage());
    String action = "The asking gateway must act: sign as agreed, with the key that is pinned.";
    return switch (e.fault()) {
      case MALFORMED ->
          Problem.of("malformed-message", 400, "Malformed message", e.getMessage() + ".", action)
              .with("rule", "exchange/malformed")
              .build();
      case SIGNATURE -> Problem.refused("exchange/signature", e.getMessage() + ".", action).build();
    };
  }

  private static HttpProblem problem(ExchangeReply reply, Refusal refusal, String timing) {
    return Problem.of(
            "refused", refusal.status(), "Refused by a rule", refusal.detail(), refusal.action())
        .with("rule", refusal.rule())
        .with("answer", reply.answer())
        .with("receipt", reply.receipt())
        .withHeader("Server-Timing", timing)
        .withHeader("Cache-Control", "no-store")
        .build();
  }
}
