package org.mekong.registry.disclosure;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;

/** {@code GET /v1/me/disclosures}: who asked about the person of the token. */
@Path("/v1/me/disclosures")
@RunOnVirtualThread
public class OwnDisclosureResource {

  private final DisclosureReader reader;

  OwnDisclosureResource(DisclosureReader reader) {
    this.reader = reader;
  }

  /** Lists as {@code /v1/persons/{id}/disclosures} does, for whoever the token names. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.PERSON_SELF)
  @Disclosing(Kind.OWN)
  @Operation(summary = "List who asked about oneself, newest first")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = DisclosurePage.class),
              examples = @ExampleObject(name = "one look", value = DisclosureResource.PAGE)))
  public DisclosurePage list(@BeanParam DisclosureQuery query) {
    return reader.listOwn(query);
  }

  /** The proof of one of them, as a file. */
  @GET
  @Path("/{disclosure}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed(Roles.PERSON_SELF)
  @Disclosing(Kind.OWN)
  @Operation(summary = "Download the proof that a disclosure about oneself stands in the log")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              examples = @ExampleObject(name = "a proof", value = "c2sp.org/tlog-proof@v1\n…")))
  public Response proof(
      @Parameter(example = DisclosureResource.DISCLOSURE) @PathParam("disclosure")
          String disclosure) {
    return DisclosureResource.file(disclosure, reader.proofOwn(disclosure));
  }
}
