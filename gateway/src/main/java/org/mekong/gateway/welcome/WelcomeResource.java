package org.mekong.gateway.welcome;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;

/** {@code GET /}: names the gateway, its nation and its peers, and links what there is to see. */
@Path("/")
@RunOnVirtualThread
public class WelcomeResource {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  private final Template page;
  private final Peers peers;
  private final GatewayLog log;
  private final String nation;

  @Inject
  public WelcomeResource(
      @Location("welcome.html") Template page,
      Peers peers,
      GatewayLog log,
      @ConfigProperty(name = "mekong.nation") String nation) {
    this.page = page;
    this.peers = peers;
    this.log = log;
    this.nation = nation;
  }

  /** The page, in the language of the switch or of the browser. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermitAll
  @Operation(hidden = true)
  public Response welcome(
      @QueryParam("lang") @Nullable String asked, @Context HttpHeaders headers) {
    PageLanguage language = PageLanguage.choose(asked, headers.getAcceptableLanguages());
    List<String> peerNames =
        peers.all().stream()
            .map(Peer::nation)
            .map(code -> language.texts().getOrDefault(code, code))
            .toList();
    String html =
        page.data("language", language)
            .data("languages", PageLanguage.values())
            .data("text", language.texts())
            .data("nation", language.texts().getOrDefault(nation, nation))
            .data("peers", String.join(", ", peerNames))
            .data("year", log.years().currentLogYear())
            .render();
    return Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", POLICY)
        .header("Content-Language", language.tag())
        .header("Vary", "Accept-Language")
        .build();
  }
}
