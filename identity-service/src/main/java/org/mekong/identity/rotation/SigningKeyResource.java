package org.mekong.identity.rotation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.approval.JointActs;
import org.mekong.identity.approval.ProposalView;
import org.mekong.identity.key.KeyRotation;
import org.mekong.identity.key.SigningKeys;

/** The signing keys, and their rotation on demand. */
@Path("/admin/v1/signing-keys")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class SigningKeyResource {
  private static final String ROTATED =
      "{\"kid\":\"bS8Vq0g0mJ1l0a9kSg2kR7rY2u8m3s5d1Yx9q4n6pTo\",\"algorithm\":\"ES256\","
          + "\"activeFrom\":\"2026-11-22T09:45:00Z\",\"previousUntil\":\"2026-11-22T10:45:00Z\"}";

  private static final String KEYS =
      "{\"items\":[{\"kid\":\"bS8Vq0g0mJ1l0a9kSg2kR7rY2u8m3s5d1Yx9q4n6pTo\","
          + "\"algorithm\":\"ES256\",\"activeFrom\":\"2026-11-22T09:45:00Z\"}]}";

  private final SigningKeys keys;
  private final KeyRotation rotation;
  private final JointActs acts;

  SigningKeyResource(SigningKeys keys, KeyRotation rotation, JointActs acts) {
    this.keys = keys;
    this.rotation = rotation;
    this.acts = acts;
  }

  @GET
  @Operation(summary = "The signing keys that are published, newest first")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = SigningKeyPage.class),
              examples = @ExampleObject(name = "one key", value = KEYS)))
  public SigningKeyPage list() {
    return new SigningKeyPage(keys.all().stream().map(SigningKeyPage.SigningKeyView::of).toList());
  }

  @POST
  @Path("/rotations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Follow a signing key by a new one",
      description =
          "The new key is published before it signs, the old one after, and every replica follows"
              + " within seconds. With withdraw the old one ends at once, and with it what it"
              + " signed. Done at once in the initial setup, else proposed.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = KeyRotation.Rotated.class),
              examples = @ExampleObject(name = "rotated", value = ROTATED)))
  @APIResponse(
      responseCode = "202",
      description = "Another administrator has to approve it",
      content = @Content(schema = @Schema(implementation = ProposalView.class)))
  public Response rotate(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "with overlap",
                              value = "{\"algorithm\": \"ES256\"}")))
          @Nullable RotateKeys request) {
    if (request == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is missing.");
    }
    String algorithm = request.checked().getName();
    Response answer = acts.ask(key, KeyActs.ROTATE, algorithm, request);
    rotation.announce();
    return answer;
  }
}
