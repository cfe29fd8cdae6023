package org.mekong.identity.officer;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.account.Account;
import org.mekong.identity.approval.JointActs;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.session.Session;

/** The browser sessions of a person: an administrator may see them, and end them at once. */
@Path("/admin/v1/accounts/{id}/sessions")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class SessionResource {
  private static final String ID = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40";
  private final Journal journal;
  private final JointActs acts;
  private final AccountRegistrar registrar;

  SessionResource(Journal journal, JointActs acts, AccountRegistrar registrar) {
    this.journal = journal;
    this.acts = acts;
    this.registrar = registrar;
  }

  @GET
  @Operation(summary = "The sessions of an account that last, newest first; at most 200")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = SessionList.class),
              examples = @ExampleObject(name = "one", value = AccountExamples.SESSIONS)))
  public SessionList list(@Parameter(example = ID) @PathParam("id") UUID id) {
    return journal.transact(
        transaction -> {
          Account account = registrar.find(transaction.connection(), id.toString());
          return SessionList.of(registrar.sessions(transaction.connection(), account));
        });
  }

  @DELETE
  @Operation(summary = "End every session of an account")
  @APIResponse(responseCode = "204", description = "None lasts")
  public Response endAll(@Parameter(example = ID) @PathParam("id") UUID id) {
    acts.alone(
        null,
        id,
        (transaction, mandate) -> {
          Account account = registrar.find(transaction.connection(), id.toString());
          List<Session> all = registrar.sessions(transaction.connection(), account);
          return registrar.endSessions(transaction, mandate, account, all);
        });
    return Response.noContent().build();
  }

  @DELETE
  @Path("/{session}")
  @Operation(summary = "End one session of an account")
  @APIResponse(responseCode = "204", description = "It lasts no longer")
  public Response end(
      @Parameter(example = ID) @PathParam("id") UUID id,
      @Parameter(example = "0193546c-0b1a-7f2e-9c3d-4e5f6a7b8c9d") @PathParam("session")
          UUID session) {
    acts.alone(
        null,
        id,
        (transaction, mandate) -> {
          Account account = registrar.find(transaction.connection(), id.toString());
          List<Session> found =
              registrar.sessions(transaction.connection(), account).stream()
                  .filter(each -> each.id().equals(session))
                  .toList();
          if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such session.");
          }
          return registrar.endSessions(transaction, mandate, account, found);
        });
    return Response.noContent().build();
  }
}
