package org.mekong.identity.client;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Caller;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.AdministrativeActs;
import org.mekong.identity.journal.Journal;

/** Registration of clients by administrators. */
@Path("/admin/v1/clients")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class ClientResource {
  private final Journal journal;
  private final AdministrativeActs acts;
  private final ClientRegistrar registrar;
  private final Clients clients;
  private final Caller caller;

  ClientResource(
      Journal journal,
      AdministrativeActs acts,
      ClientRegistrar registrar,
      Clients clients,
      Caller caller) {
    this.journal = journal;
    this.acts = acts;
    this.registrar = registrar;
    this.clients = clients;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Register a client",
      description = "The same registration again is answered 200; another under the same id 409.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ClientView.class)))
  public Response register(
      @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable RegisterClient request) {
    if (request == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is missing.");
    }
    String administrator = caller.clientId();
    return acts.perform(
        administrator,
        key,
        request,
        transaction -> registrar.register(transaction, administrator, request));
  }

  @GET
  @Operation(summary = "The clients in the order of their ids")
  public ClientPage list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    int most = Listing.limit(limit);
    String after = Listing.key(cursor);
    List<Client> found =
        journal.transact(transaction -> clients.after(transaction.connection(), after, most + 1));
    List<Client> page = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? Listing.cursor(page.getLast().id()) : null;
    return new ClientPage(page.stream().map(ClientView::of).toList(), next);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One client")
  public ClientView read(@PathParam("id") String id) {
    Optional<Client> found =
        journal.transact(transaction -> clients.find(transaction.connection(), id));
    return found
        .map(ClientView::of)
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such client."));
  }
}
