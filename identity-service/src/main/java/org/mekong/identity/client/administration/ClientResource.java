package org.mekong.identity.client.administration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.access.conditional.Version;
import org.mekong.identity.agency.Agencies;
import org.mekong.identity.approval.JointActs;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientView;
import org.mekong.identity.client.RegisterClient;
import org.mekong.identity.journal.Journal;

/** Registration of clients by administrators, two for all that opens something. */
@Path("/admin/v1/clients")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class ClientResource {
  private static final String ADMINISTERS = "identity.admin";

  private final Journal journal;
  private final JointActs acts;
  private final ClientRegistrar registrar;

  ClientResource(Journal journal, JointActs acts, ClientRegistrar registrar) {
    this.journal = journal;
    this.acts = acts;
    this.registrar = registrar;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Register a client",
      description =
          "The same registration again is answered 200; another under the same id 409. Done at"
              + " once in the initial setup, else proposed.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = ClientView.class),
              examples = @ExampleObject(name = "a client", value = Examples.CLIENT)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response register(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(
              content =
                  @Content(examples = @ExampleObject(name = "a client", value = Examples.REGISTER)))
          @Nullable RegisterClient request) {
    RegisterClient wanted = Problem.present(request);
    return acts.ask(
        key, ClientActs.REGISTER, Objects.requireNonNullElse(wanted.clientId(), ""), wanted);
  }

  @GET
  @Operation(summary = "The clients in the order of their ids")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ClientPage.class),
              examples = @ExampleObject(name = "a page", value = Examples.PAGE)))
  public ClientPage list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit,
      @Parameter(description = "of this agency alone", example = "vn-quang-tri-civil-registry")
          @QueryParam("agency")
          @Nullable String agency) {
    int most = Listing.limit(limit);
    String after = Listing.key(cursor);
    if (agency != null && !Agencies.ID.matcher(agency).matches()) {
      throw Problem.MALFORMED_REQUEST.because("The parameter agency is the id of an agency.");
    }
    List<Client> found =
        journal.transact(
            transaction -> registrar.after(transaction.connection(), after, agency, most + 1));
    List<Client> page = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? Listing.cursor(page.getLast().id()) : null;
    return new ClientPage(page.stream().map(ClientView::of).toList(), next);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One client, with its version as ETag")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ClientView.class),
              examples = @ExampleObject(name = "a client", value = Examples.CLIENT)))
  public Response read(@Parameter(example = "vn-quang-tri-desk") @PathParam("id") String id) {
    Client found = find(id);
    return Response.ok(ClientView.of(found)).header("ETag", Version.tag(found.version())).build();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change a client's registration as a whole",
      description = "Its status stays. Done at once in the initial setup, else proposed.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ClientView.class),
              examples = @ExampleObject(name = "a client", value = Examples.CLIENT)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response change(
      @Parameter(example = "vn-quang-tri-desk") @PathParam("id") String id,
      @Parameter(example = "\"1\"") @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content =
                  @Content(examples = @ExampleObject(name = "a client", value = Examples.REGISTER)))
          @Nullable RegisterClient request) {
    RegisterClient wanted = Problem.present(request);
    int version = Version.required(ifMatch);
    return acts.ask(null, ClientActs.CHANGE, find(id).id(), new ChangeClient(version, wanted));
  }

  @PUT
  @Path("/{id}/keys")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change a client's keys",
      description = "Done at once in the initial setup, else proposed.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ClientView.class),
              examples = @ExampleObject(name = "a client", value = Examples.CLIENT)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response changeKeys(
      @Parameter(example = "vn-quang-tri-desk") @PathParam("id") String id,
      @Parameter(example = "\"1\"") @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content = @Content(examples = @ExampleObject(name = "a key", value = Examples.KEYS)))
          @Nullable ChangeKeys request) {
    ChangeKeys wanted = Problem.present(request);
    int version = Version.required(ifMatch);
    return acts.ask(null, ClientActs.CHANGE_KEYS, find(id).id(), new NewKeys(version, wanted));
  }

  @PUT
  @Path("/{id}/status")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Suspend a client, or make it active again",
      description =
          "One administrator may suspend, at once; to make active again, or to suspend the system"
              + " of an administrator, takes two.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ClientView.class),
              examples = @ExampleObject(name = "a client", value = Examples.SUSPENDED)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response turn(
      @Parameter(example = "vn-quang-tri-desk") @PathParam("id") String id,
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(name = "suspend", value = "{\"status\": \"suspended\"}")))
          @Nullable ChangeStatus request) {
    ChangeStatus wanted = Problem.present(request);
    Client client = find(id);
    if (wanted.checked().equals("suspended") && !client.scopes().contains(ADMINISTERS)) {
      return acts.alone(
          null,
          List.of(id, wanted),
          (transaction, mandate) -> registrar.turn(transaction, mandate, id, wanted));
    }
    return acts.ask(null, ClientActs.TURN, client.id(), wanted);
  }

  private Client find(String id) {
    return journal.transact(transaction -> registrar.find(transaction.connection(), id));
  }
}
