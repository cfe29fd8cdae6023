package org.mekong.gateway.administration.agreements;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.shadow.ShadowCounts;
import org.mekong.gateway.agreement.shadow.ShadowReport;
import org.mekong.gateway.http.Problem;

/** A version of an agreement that is tried beside the one in force, without effect. */
@Path("/admin/v1/agreements" + VersionPath.TEMPLATE + "/shadow")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "agreements")
public class ShadowResource {

  private final AgreementAdministration administration;
  private final AdministrativeActs acts;
  private final ShadowCounts counts;

  @Inject
  ShadowResource(
      AgreementAdministration administration, AdministrativeActs acts, ShadowCounts counts) {
    this.administration = administration;
    this.acts = acts;
    this.counts = counts;
  }

  /** Starts. */
  @PUT
  @Operation(
      operationId = "startShadow",
      summary = "Tries a version beside the one in force, without effect",
      description =
          "From now on each decision of the agreement is made by both. A proposal needs no"
              + " signature for it. It takes the place of another version in shadow, and counts"
              + " from zero. No body.")
  @APIResponse(responseCode = "200", ref = Examples.TRIED_ANSWER)
  public Response start(@BeanParam VersionPath path) {
    return administration.startShadow(path.reference());
  }

  /** Ends. */
  @DELETE
  @Operation(
      operationId = "endShadow",
      summary = "Tries a version no longer; what was counted stays")
  @APIResponse(responseCode = "200", ref = Examples.TRIED_ANSWER)
  public Response end(@BeanParam VersionPath path) {
    return administration.endShadow(path.reference());
  }

  /** Reports. */
  @GET
  @Operation(
      operationId = "shadowReport",
      summary = "What the version would have changed, counted without persons",
      description = "Other replicas write what they counted every five seconds.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ShadowReport.class),
              examples = @ExampleObject(name = "twelve", value = Examples.SHADOW)))
  public ShadowReport report(@BeanParam VersionPath path) {
    AgreementReference reference = path.reference();
    acts.read(connection -> administration.require(connection, reference));
    try {
      return counts.report(reference);
    } catch (SQLException e) {
      throw Problem.unavailable("The counts cannot be read now.");
    }
  }
}
