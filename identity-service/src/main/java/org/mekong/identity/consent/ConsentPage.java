package org.mekong.identity.consent;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.client.Client;
import org.mekong.identity.interaction.Browser;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.interaction.UnderWay;
import org.mekong.identity.page.PageForm;
import org.mekong.identity.page.Pages;
import org.mekong.identity.session.Sessions;

/** The page where people say whether a client gets what it asks for. */
@Path("/consent")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
public class ConsentPage {
  private final Template page;
  private final Pages pages;
  private final UnderWay underWay;
  private final Consenting consenting;

  ConsentPage(
      @Location("consent.html") Template page,
      Pages pages,
      UnderWay underWay,
      Consenting consenting) {
    this.page = page;
    this.pages = pages;
    this.underWay = underWay;
    this.consenting = consenting;
  }

  @GET
  @Operation(hidden = true)
  public Response show(
      @QueryParam("interaction") @Nullable String id,
      @QueryParam("lang") @Nullable String language,
      @Context HttpHeaders headers) {
    return underWay.on(
        headers, id, language, (interaction, client) -> shown(interaction, client, headers));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public Response submit(byte[] body, @Context HttpHeaders headers) {
    PageForm form = PageForm.read(headers, body);
    return underWay.onForm(
        headers,
        form,
        (interaction, client) ->
            switch (form.field("decision")) {
              case "allow" -> decided(interaction, client, headers, true);
              case "deny" -> decided(interaction, client, headers, false);
              default -> shown(interaction, client, headers);
            });
  }

  private Response decided(
      Interaction interaction, Client client, HttpHeaders headers, boolean granted) {
    consenting.decide(interaction, client, cookie(headers), granted);
    return underWay.proceed(interaction).build();
  }

  /** Without somebody signed in there is nobody to ask: the authorization endpoint sees to it. */
  private Response shown(Interaction interaction, Client client, HttpHeaders headers) {
    Optional<Consenting.Question> question =
        consenting.question(interaction, client, cookie(headers));
    return question.isEmpty()
        ? underWay.proceed(interaction).build()
        : pages
            .answer(
                200,
                page,
                interaction.language(),
                "/consent?interaction=" + interaction.id() + "&",
                Optional.of(interaction.asked().redirectUri()),
                Map.of(
                    "interaction", interaction.id(),
                    "application", client.name(),
                    "agency", client.agency().map(agency -> agency.name()).orElse(""),
                    "question", question.get()))
            .build();
  }

  private static Optional<String> cookie(HttpHeaders headers) {
    return Browser.cookie(headers, Sessions.COOKIE);
  }
}
