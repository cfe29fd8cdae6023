package org.mekong.identity.startup;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.approval.Administration;
import org.mekong.identity.approval.JointActs;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientView;
import org.mekong.identity.client.RegisterClient;
import org.mekong.identity.client.administration.ClientRegistrar;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;

/** Where the holder of the one-time token becomes an administrator. */
@Path("/admin/v1/setup")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
public class SetupResource {
  private static final String REQUEST =
      """
      {"token": "u3bWm0Ff1nF8m0jY8N1s6m6vYH0o1nW5dQx2oV7kZrQ",
       "clientId": "vn-first-administrator", "name": "First administrator",
       "jwks": {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1",
         "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
         "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}}
      """;
  private final Journal journal;
  private final ClientRegistrar registrar;
  private final IssuerAddress issuer;
  private final Clock clock;

  SetupResource(Journal journal, ClientRegistrar registrar, IssuerAddress issuer, Clock clock) {
    this.journal = journal;
    this.registrar = registrar;
    this.issuer = issuer;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make an administrator by the one-time token that the service printed",
      description =
          "At its first start, and when it is started with identity.administrator.recovery, the"
              + " service prints a token that lasts 24 hours. It registers one system with the"
              + " scopes of an administrator, and is used up.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ClientView.class)))
  @APIResponse(responseCode = "403", description = "Not the token, or used, or expired")
  @APIResponse(responseCode = "409", description = "The clientId is taken; the token stays good")
  public Response setUp(
      @RequestBody(
              content = @Content(examples = @ExampleObject(name = "the first", value = REQUEST)))
          @Nullable SetUp request) {
    String token = request == null ? null : request.token();
    if (request == null || token == null) {
      throw Problem.MALFORMED_REQUEST.because("The body or its token is missing.");
    }
    Instant now = clock.instant();
    Client client =
        journal.transact(
            transaction -> {
              if (!SetupToken.spend(transaction.connection(), token, now)) {
                throw Problem.FORBIDDEN.because("This is not the token, or it is used or expired.");
              }
              Client wanted = administrator(request, now.truncatedTo(ChronoUnit.SECONDS));
              Mandate mandate = Mandate.initialSetup("one-time-token");
              if (!registrar.register(transaction, mandate, wanted)) {
                throw Problem.CONFLICT.because("A client has this id.");
              }
              Administration.endSetupWhenTwo(
                  transaction,
                  mandate.signed(
                      JournalEntry.ofAdministration(
                          RequestId.current(), now, "initial_setup_ended")),
                  now);
              return wanted;
            });
    return Response.status(Response.Status.CREATED)
        .entity(ClientView.of(client))
        .header(JointActs.MANDATE, "initial-setup")
        .build();
  }

  /** Checked as every client is. */
  private Client administrator(SetUp request, Instant now) {
    return new RegisterClient(
            request.clientId(),
            null,
            request.name(),
            null,
            request.jwks(),
            null,
            null,
            null,
            List.copyOf(FirstAdministrator.SCOPES),
            issuer.audiences(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null)
        .checked(now, issuer.audiences(), Optional.empty(), true);
  }
}
