package org.mekong.identity.officer.activation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;

/** What a person does with the code that they were handed in two halves. */
@Path("/v1/activations")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "activation")
public class ActivationResource {
  private static final String CODE =
      "u3bWm0Ff1nF8m0jY8N1s6m6vYH0o1nW5dQx2oV7kZrQ.Y2k7nE9cVbQ1xW4tS8uR0pL6mJ3hG5fD2aZ9yXqTeKc";
  private static final String BEGIN = "{\"code\": \"" + CODE + "\"}";
  private static final String COMPLETE =
      "{\"code\": \""
          + CODE
          + "\", \"password\": \"2 con trâu, 7 cây mít\", \"oneTimeCode\": \"492039\"}";
  private static final String OFFER =
      """
      {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "uri":
       "otpauth://totp/Mekong%20VN:thao.tran?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Mekong%20VN"}
      """;

  private final Journal journal;
  private final Activations activations;

  ActivationResource(Journal journal, Activations activations) {
    this.journal = journal;
    this.activations = activations;
  }

  /**
   * A code.
   *
   * @param code both halves, with a full stop between
   */
  public record Begin(@Schema(required = true) @Nullable String code) {
    /** Names nothing of it. */
    @Override
    public String toString() {
      return "Begin";
    }
  }

  /** A code, the password from now on, and the one-time code of the secret that was offered. */
  public record Complete(
      @Schema(required = true) @Nullable String code,
      @Schema(required = true, minLength = 10, maxLength = 128) @Nullable String password,
      @Schema(required = true, pattern = "[0-9]{6}") @Nullable String oneTimeCode) {
    /** Names nothing of it. */
    @Override
    public String toString() {
      return "Complete";
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Get a secret of one-time codes for a code that was handed out",
      description = "Each call offers another secret; the last one counts.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ActivationOffer.class),
              examples = @ExampleObject(name = "an offer", value = OFFER)))
  @APIResponse(responseCode = "404", description = "The code is not known, used or expired")
  public Response begin(
      @RequestBody(content = @Content(examples = @ExampleObject(name = "a code", value = BEGIN)))
          @Nullable Begin request) {
    String code = text(request == null ? null : request.code());
    ActivationOffer offer = journal.transact(transaction -> activations.offer(transaction, code));
    return Response.ok(offer).header("Cache-Control", "no-store").build();
  }

  @POST
  @Path("/completion")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Set the password and the one-time codes of an account",
      description = "The code is used up, and every session of the account ends.")
  @APIResponse(responseCode = "204", description = "The person can sign in")
  @APIResponse(responseCode = "404", description = "The code is not known, used or expired")
  @APIResponse(responseCode = "422", description = "The password or the one-time code is not good")
  public void complete(
      @RequestBody(
              content = @Content(examples = @ExampleObject(name = "complete", value = COMPLETE)))
          @Nullable Complete request) {
    String code = text(request == null ? null : request.code());
    String password = text(request == null ? null : request.password());
    String oneTimeCode = text(request == null ? null : request.oneTimeCode());
    journal.transact(
        transaction -> {
          activations.complete(transaction, code, password, oneTimeCode);
          return request;
        });
  }

  private static String text(@Nullable String member) {
    if (member == null) {
      throw Problem.MALFORMED_REQUEST.because("The body or a member of it is missing.");
    }
    return member;
  }
}
