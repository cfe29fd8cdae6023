package org.mekong.registry.statement.key;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.statement.StatementConfig;

/** {@code /admin/v1/statement-keys}: the keys that statements are signed with. */
@Path("/admin/v1/statement-keys")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatementKeyResource {

  private static final String KID = "Qm0b5VtbFqeSGhX0cRSbhZr7Uq5yXdVCYYzxxhmeCFA";
  private static final String ALL =
      """
      {"keys":[{"kid":"Qm0b5VtbFqeSGhX0cRSbhZr7Uq5yXdVCYYzxxhmeCFA","state":"signing",
        "createdAt":"2026-11-22T04:50:00Z","signsFrom":"2026-11-22T05:00:00Z"}]}
      """;

  private final StatementKeys keys;
  private final StatementConfig config;
  private final Clock clock;

  StatementKeyResource(StatementKeys keys, StatementConfig config, Clock clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /** Lists the keys, the newest first. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the keys that statements are signed with, the newest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one key", value = ALL)))
  public StatementKeyView.All list() throws SQLException {
    Instant now = clock.instant();
    KeyRing ring = keys.ring();
    return new StatementKeyView.All(
        ring.keys().reversed().stream()
            .map(key -> StatementKeyView.of(key, ring.state(key, now, config.publication())))
            .toList());
  }

  /** Announces the next key. */
  @POST
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Make the next key; it takes over once everybody can know it",
      description =
          "It is published at once and signs after registry.statement.announcement. While one is"
              + " announced there is no second: 409.")
  @APIResponse(
      responseCode = "201",
      content = @Content(examples = @ExampleObject(name = "the keys", value = ALL)))
  public Response announce() throws SQLException {
    if (keys.announce().isEmpty()) {
      throw Problem.CONFLICT.because(
          "A key is announced already and takes over soon.", "statement-key/announced");
    }
    return Response.status(Response.Status.CREATED).entity(list()).build();
  }

  /** Withdraws a key that is not to be trusted. */
  @POST
  @Path("/{kid}/withdrawal")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Withdraw a key at once: nobody is to trust what it signed",
      description =
          "It is no longer published; when it signed, a new one takes over now. Another replica"
              + " may go on for half a minute with a key that nobody finds any more. What the"
              + " withdrawn key signed is still told by the receipts of the log.")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "the keys", value = ALL)))
  public StatementKeyView.All withdraw(@Parameter(example = KID) @PathParam("kid") String kid)
      throws SQLException {
    if (keys.withdraw(kid).isEmpty()) {
      throw Problem.NOT_FOUND.because("There is no such key.");
    }
    return list();
  }
}
