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
import org.mekong.log.evidence.OpenedProof;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;

/** {@code GET /v1/me/disclosures}: who asked about the person of the token. */
@Path(OwnDisclosureResource.PATH)
@RunOnVirtualThread
public class OwnDisclosureResource {

  static final String PATH = "/v1/me/disclosures";

  static final String PAGE =
      """
      {"disclosures":[{"id":"0193a5b2-7c11-7d33-9a55-000000000041","time":"2026-11-21T09:30:00Z",
         "requestId":"0193a5b2-7c11-7d33-9a55-000000000001","kind":"verify","country":"LA",
         "agency":"la-office","officer":"officer-7","purpose":"marriage","fields":["alive"],
         "outcome":"answered","commitment":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5-nsPAZmWRWiM",
         "proof":"/v1/me/disclosures/0193a5b2-7c11-7d33-9a55-000000000041/proof"}],
       "disclosure":{"origin":"vn.mekong.example/registry/2026","index":42,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…"}
      """;
  static final String PROOF =
      """
      {"version":1,"proof":"c2sp.org/tlog-proof@v1\\n…",
       "opening":{"commitment":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5-nsPAZmWRWiM",
        "key":"C2FVsBQIhrscChlQIMV-b5sSYspob7oD0k3P0ZVQ3ys",
        "subject":"0190f3c4-5a10-7b21-8c43-5d6e7f809101"}}
      """;

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
              examples = @ExampleObject(name = "one look", value = PAGE)))
  public DisclosurePage list(@BeanParam DisclosureQuery query) {
    return reader.listOwn(query);
  }

  /** The proof of one of them, as a file that says whom it is about. */
  @GET
  @Path("/{disclosure}/proof")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.PERSON_SELF)
  @Disclosing(Kind.OWN)
  @Operation(
      summary = "Download the proof that a disclosure about oneself stands in the log",
      description =
          "The proof, and what opens the commitment by which the entry names the person: with it"
              + " they can show anybody that the entry is about them. Checked by `mekong verify` or"
              + " in the page /verify.html. Who gets the file learns whose it is.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = OwnProof.class),
              examples = @ExampleObject(name = "a proof", value = PROOF)))
  public Response proof(
      @Parameter(example = DisclosureResource.DISCLOSURE) @PathParam("disclosure")
          String disclosure) {
    OpenedProof proof = reader.proofOwn(disclosure);
    return DisclosureResource.file(
        OwnProof.of(proof), MediaType.APPLICATION_JSON_TYPE, disclosure + ".json");
  }
}
