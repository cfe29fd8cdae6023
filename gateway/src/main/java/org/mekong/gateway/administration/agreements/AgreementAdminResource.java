package org.mekong.gateway.administration.agreements;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.administration.Listing;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.store.KeptAgreement;
import org.mekong.gateway.agreement.store.KeptAgreements;
import org.mekong.gateway.http.Problem;

/** {@code /admin/v1/agreements}: what administrators do with agreements. */
@Path("/admin/v1/agreements")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "agreements", description = "What this nation has agreed with others, as signed data")
public class AgreementAdminResource {

  private static final Pattern REFERENCE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z./_-]{0,63}");

  private final AgreementAdministration administration;
  private final AdministrativeActs acts;

  @Inject
  AgreementAdminResource(AgreementAdministration administration, AdministrativeActs acts) {
    this.administration = administration;
    this.acts = acts;
  }

  /** Proposes a version. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "proposeAgreement",
      summary = "Proposes a version of an agreement",
      description =
          "The body is the document, and is kept as it is sent: these bytes are what the parties"
              + " sign. It binds nobody before another administrator approves it and each other"
              + " party's signature is added.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "labour", value = Examples.DOCUMENT)))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = AgreementView.class),
              examples = @ExampleObject(name = "proposed", value = Examples.PROPOSED)))
  @APIResponse(responseCode = "200", description = "The same document is there already")
  @APIResponse(responseCode = "409", description = "The version has another document")
  @APIResponse(responseCode = "422", description = "It cannot be used; violations say why")
  public Response propose(
      @Parameter(description = "The same key and document bring the first outcome")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      byte @Nullable [] document) {
    if (document == null || document.length == 0) {
      throw Problem.malformed("The body is missing.");
    }
    return administration.propose(key, document);
  }

  /** Lists versions. */
  @GET
  @Operation(
      operationId = "listAgreements",
      summary = "Lists the versions of all agreements, by id and version",
      description = "Example: `GET /admin/v1/agreements?limit=20`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AgreementPage.class),
              examples = @ExampleObject(name = "one", value = Examples.PAGE)))
  public AgreementPage list(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    int most = Listing.limit(limit);
    AgreementReference after = place(Listing.place(cursor, "/0"));
    return acts.read(
        connection -> {
          List<KeptAgreement> found = KeptAgreements.after(connection, after, most + 1);
          var items = new ArrayList<AgreementView>();
          for (KeptAgreement each : found.subList(0, Math.min(most, found.size()))) {
            items.add(administration.view(connection, each));
          }
          String next =
              found.size() > most
                  ? Listing.cursor(found.get(most - 1).reference().toString())
                  : null;
          return new AgreementPage(items, next);
        });
  }

  private static AgreementReference place(String text) {
    int slash = text.indexOf('/');
    String version = text.substring(slash + 1);
    if (slash < 0 || !version.matches("[0-9]{1,7}")) {
      throw Problem.malformed("cursor: not one of this list.");
    }
    return new AgreementReference(text.substring(0, slash), Integer.parseInt(version));
  }

  /** Reads one version. */
  @GET
  @Path(VersionPath.TEMPLATE)
  @Operation(operationId = "readAgreement", summary = "One version of an agreement")
  @APIResponse(responseCode = "200", ref = Examples.ANSWER)
  public AgreementView read(@BeanParam VersionPath path) {
    return acts.read(
        connection ->
            administration.view(connection, administration.require(connection, path.reference())));
  }

  /** The document as it was sent. */
  @GET
  @Path(VersionPath.TEMPLATE + "/document")
  @Operation(
      operationId = "readAgreementDocument",
      summary = "The document, byte for byte as it was sent: what the parties sign")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "labour", value = Examples.DOCUMENT)))
  public byte[] document(@BeanParam VersionPath path) {
    return acts.read(connection -> administration.require(connection, path.reference()).document());
  }

  /** Approves a proposal. */
  @POST
  @Path(VersionPath.TEMPLATE + "/approval")
  @Operation(
      operationId = "approveAgreement",
      summary = "Has this gateway sign a version for the nation",
      description =
          "Another administrator than who proposed it. No body. Example: `POST"
              + " /admin/v1/agreements/vn-la-labour/versions/1/approval`")
  @APIResponse(responseCode = "200", ref = Examples.ANSWER)
  @APIResponse(responseCode = "403", description = "rule approval/same-administrator")
  public Response approve(@BeanParam VersionPath path) {
    return administration.approve(path.reference());
  }

  /** Adds another party's signature. */
  @POST
  @Path(VersionPath.TEMPLATE + "/signatures")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addAgreementSignature",
      summary = "Adds the signature of another party",
      description =
          "A detached JWS (RFC 7515, appendix F) over the document, as the party's gateway shows it"
              + " at its own GET of this version. It is verified by the keys pinned for the party.")
  @RequestBody(
      required = true,
      content = @Content(examples = @ExampleObject(name = "of Laos", value = Examples.SIGNATURE)))
  @APIResponse(responseCode = "200", ref = Examples.ANSWER)
  @APIResponse(responseCode = "422", description = "It is no signature of another party")
  public Response add(@BeanParam VersionPath path, @Nullable AddSignature body) {
    String signature = body == null ? null : body.signature();
    if (signature == null) {
      throw Problem.malformed("signature: a detached JWS.");
    }
    return administration.add(path.reference(), signature);
  }

  /** Ends a version. */
  @POST
  @Path(VersionPath.TEMPLATE + "/termination")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "terminateAgreement",
      summary = "Ends a version from a day on, or withdraws a proposal",
      description =
          "One administrator does it alone. It cannot be undone, only brought forward; an older"
              + " version does not come back.")
  @RequestBody(
      required = true,
      content = @Content(examples = @ExampleObject(name = "in June", value = Examples.TERMINATION)))
  @APIResponse(responseCode = "200", ref = Examples.ANSWER)
  public Response terminate(@BeanParam VersionPath path, @Nullable Terminate body) {
    if (body == null) {
      throw Problem.malformed("The body is missing.");
    }
    String reference = body.reference();
    if (reference != null && !REFERENCE.matcher(reference).matches()) {
      throw Problem.malformed("reference: 1 to 64 letters, digits, . / _ or -.");
    }
    return administration.terminate(path.reference(), body.from(), reference);
  }
}
