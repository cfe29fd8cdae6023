package org.mekong.registry.disclosure;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;

/** {@code GET /v1/persons/{id}/disclosures}: who asked about a person, when, why, for what. */
@Path("/v1/persons/{id}/disclosures")
@RunOnVirtualThread
public class DisclosureResource {

  static final String PERSON = "0190f3c4-5a10-7b21-8c43-5d6e7f809101";
  static final String DISCLOSURE = "0193a5b2-7c11-7d33-9a55-000000000041";
  static final String PAGE =
      """
      {"disclosures":[{"id":"0193a5b2-7c11-7d33-9a55-000000000041","time":"2026-11-21T09:30:00Z",
         "requestId":"0193a5b2-7c11-7d33-9a55-000000000001","kind":"verify","country":"LA",
         "agency":"la-office","officer":"officer-7","purpose":"marriage","fields":["alive"],
         "outcome":"answered","commitment":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5-nsPAZmWRWiM",
         "proof":"/v1/persons/0190f3c4-5a10-7b21-8c43-5d6e7f809101/disclosures/0193a5b2-7c11-7d33-9a55-000000000041/proof"}],
       "disclosure":{"origin":"vn.mekong.example/registry/2026","index":42,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…"}
      """;

  private final DisclosureReader reader;

  DisclosureResource(DisclosureReader reader) {
    this.reader = reader;
  }

  /**
   * Lists disclosures. One whose visibility is delayed is not there yet, and nothing tells of it.
   * The list is itself a disclosure and is logged, after it was made.
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.PERSON_READ, Roles.PERSON_SELF})
  @Disclosing({Kind.READ, Kind.OWN})
  @Parameter(ref = "explain")
  @Operation(
      summary = "List who asked about a person, newest first",
      description =
          "For the person themself (scope person.self, whose token claim person is this key; of"
              + " anybody else there is nothing) or for an agency that is granted the field"
              + " disclosures for its purpose. An own look has the kind own.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = DisclosurePage.class),
              examples = @ExampleObject(name = "one look", value = PAGE)))
  public DisclosurePage list(
      @Parameter(example = PERSON) @PathParam("id") String id,
      @Parameter(description = "an agency's; the person needs none", example = "administration")
          @QueryParam("purpose")
          @Nullable String purpose,
      @BeanParam DisclosureQuery query) {
    return reader.list(id, purpose, query);
  }

  /** The proof of one of them, as a file. */
  @GET
  @Path("/{disclosure}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed({Roles.PERSON_READ, Roles.PERSON_SELF})
  @Disclosing({Kind.READ, Kind.OWN})
  @Parameter(ref = "explain")
  @Operation(
      summary = "Download the proof that a disclosure stands in the log",
      description =
          "A proof file of c2sp.org/tlog-proof, checked by `mekong verify` or in the page"
              + " /verify.html. A disclosure that the caller may not see yet is not there.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              examples = @ExampleObject(name = "a proof", value = "c2sp.org/tlog-proof@v1\n…")))
  public Response proof(
      @Parameter(example = PERSON) @PathParam("id") String id,
      @Parameter(example = DISCLOSURE) @PathParam("disclosure") String disclosure,
      @Parameter(description = "an agency's; the person needs none", example = "administration")
          @QueryParam("purpose")
          @Nullable String purpose) {
    return file(
        reader.proof(id, purpose, disclosure),
        MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"),
        disclosure + ".tlog-proof");
  }

  static Response file(Object content, MediaType type, String name) {
    return Response.ok(content, type)
        .header("Content-Disposition", "attachment; filename=\"disclosure-" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .build();
  }
}
