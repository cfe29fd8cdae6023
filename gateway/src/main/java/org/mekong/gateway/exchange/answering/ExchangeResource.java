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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.exchange.PeerExchange;
import org.mekong.gateway.exchange.Postponement;
import org.mekong.gateway.exchange.TimeLeft;
import org.mekong.gateway.exchange.guard.Crowded;
import org.mekong.gateway.exchange.guard.PeerGuards;
import org.mekong.gateway.http.Clients;
import org.mekong.gateway.http.OutageLog;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
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
  private static final OutageLog OUTAGES = new OutageLog(ExchangeResource.class);

  private final Peers peers;
  private final Answering answering;
  private final PeerGuards guards;
  private final RefusedMessages refusals;

  @Inject
  public ExchangeResource(
      Peers peers, Answering answering, PeerGuards guards, RefusedMessages refusals) {
    this.peers = peers;
    this.answering = answering;
    this.guards = guards;
    this.refusals = refusals;
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
  @APIResponse(
      responseCode = "429",
      description = "A quota is used up; signed. The same request is good after Retry-After")
  @APIResponse(
      responseCode = "503",
      description =
          "No answer now, or as many of the peer's questions are being answered as may be at once;"
              + " the same request is good after Retry-After")
  public Response exchange(@Context HttpServerRequest http, @Nullable String compact) {
    Peer peer = peer(http);
    try {
      return guards.answer(peer.nation(), () -> answer(peer, http, compact), Response.class);
    } catch (Crowded e) {
      refusals.crowded(peer.nation());
      throw postponed(
          Crowded.RULE,
          "As many of this nation's questions are being answered as may be at once.",
          1);
    } catch (MessageRefused e) {
      throw refused(peer, e);
    } catch (NoAnswerNow e) {
      throw problem(peer, e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Response answer(Peer peer, HttpServerRequest http, @Nullable String compact)
      throws MessageRefused, NoAnswerNow {
    long start = System.nanoTime();
    if (peer.suspended()) {
      throw suspended(peer);
    }
    refuseOtherForms(peer, http);
    ExchangeReply reply =
        answering.answer(
            peer,
            compact == null ? "" : compact.strip(),
            TimeLeft.until(http.getHeader(TimeLeft.HEADER), Instant.now()));
    String timing = "total;dur=" + (System.nanoTime() - start) / 1_000_000;
    if (reply.refusal().isPresent()) {
      throw problem(reply, reply.refusal().get(), timing);
    }
    return Response.ok(new SignedReply(reply.answer(), reply.receipt()))
        .header("Server-Timing", timing)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static HttpProblem problem(Peer peer, NoAnswerNow e) {
    if (e.postponed().isPresent()) {
      return postponed(e.rule(), "Not now: " + e.getMessage() + ".", e.postponed().getAsLong());
    }
    if (e.isFlood()) {
      return flooded(e);
    }
    OUTAGES.told(RequestIds.current(), "ours to " + peer.nation(), e.rule(), e);
    return HttpProblem.builder(Problem.unavailable("No answer now: " + e.getMessage() + "."))
        .with("rule", e.rule())
        .build();
  }

  /** So much is refused that not each refusal is signed. */
  private static HttpProblem flooded(NoAnswerNow e) {
    return Problem.of(
            "flooded",
            503,
            "Not now",
            "No answer now: " + e.getMessage() + ".",
            "The asking gateway must act: send what is not refused.")
        .with("rule", e.rule())
        .withHeader("Retry-After", 5)
        .build();
  }

  /** Nothing is broken, and nothing was done: the same request is good later. */
  private static HttpProblem postponed(String rule, String detail, long seconds) {
    return Problem.of(
            Postponement.TYPE,
            503,
            "Not now",
            detail,
            "The asking gateway must act: send the same request again after the time in"
                + " Retry-After.")
        .with("rule", rule)
        .withHeader("Retry-After", seconds)
        .build();
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
    Optional<X509Certificate> shown = Clients.certificate(http);
    if (shown.isPresent()) {
      return peers
          .find(shown.get())
          .orElseThrow(
              () ->
                  Problem.refused(
                          "exchange/certificate",
                          "The client certificate is not that of a peer.",
                          "The operators of both gateways must agree on the certificate.")
                      .build());
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
    HttpProblem.Builder problem =
        Problem.of(
                "refused",
                refusal.status(),
                "Refused by a rule",
                refusal.detail(),
                refusal.action())
            .with("rule", refusal.rule())
            .with("answer", reply.answer())
            .with("receipt", reply.receipt())
            .withHeader("Server-Timing", timing)
            .withHeader("Cache-Control", "no-store");
    return reply.retryAfter() == 0
        ? problem.build()
        : problem.withHeader("Retry-After", reply.retryAfter()).build();
  }
}
