package org.mekong.identity.officer;

import com.fasterxml.jackson.annotation.JsonRawValue;
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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.Secrets;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.access.conditional.Version;
import org.mekong.identity.account.Account;
import org.mekong.identity.approval.JointActs;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.officer.activation.Activations;

/**
 * The accounts of people. A citizen's is one administrator's work; officers and administrators,
 * whose accounts carry roles, take two.
 */
@Path("/admin/v1/accounts")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class AccountResource {
  private static final String PROPOSED =
      "Proposed: another administrator has to approve it under /admin/v1/proposals";
  private static final String ID = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40";

  private final Journal journal;
  private final JointActs acts;
  private final AccountRegistrar registrar;
  private final Activations activations;

  AccountResource(
      Journal journal, JointActs acts, AccountRegistrar registrar, Activations activations) {
    this.journal = journal;
    this.acts = acts;
    this.registrar = registrar;
    this.activations = activations;
  }

  /**
   * The half of an activation code that whoever asked for it hands to the person.
   *
   * @param firstHalf shown this once
   * @param outcome the second half, or the proposal whose approver will be shown it
   */
  public record Handed(
      String firstHalf, @Schema(type = SchemaType.OBJECT) @JsonRawValue String outcome) {
    /** Names nothing of it. */
    @Override
    public String toString() {
      return "Handed";
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Register the account of a citizen, an officer or an administrator",
      description =
          "Officers and administrators: done at once in the initial setup, else proposed. The"
              + " person cannot sign in before they have used an activation code.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = AccountView.class),
              examples = @ExampleObject(name = "an officer", value = AccountExamples.OFFICER)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response register(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      examples = {
                        @ExampleObject(name = "an officer", value = AccountExamples.REGISTER),
                        @ExampleObject(name = "a citizen", value = AccountExamples.CITIZEN)
                      }))
          @Nullable RegisterAccount request) {
    RegisterAccount wanted = Problem.present(request);
    if (wanted.ofCitizen()) {
      return acts.alone(
          key,
          registrar.remembered(wanted),
          (transaction, mandate) -> registrar.register(transaction, mandate, "", wanted));
    }
    String target = Objects.requireNonNullElse(wanted.kind(), "");
    return acts.ask(key, AccountActs.REGISTER, target, wanted);
  }

  @GET
  @Operation(summary = "The accounts of a kind, the oldest first")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AccountPage.class),
              examples = @ExampleObject(name = "a page", value = AccountExamples.PAGE)))
  public AccountPage list(
      @Parameter(
              schema =
                  @Schema(
                      enumeration = {"citizen", "officer", "administrator"},
                      defaultValue = "officer"))
          @QueryParam("kind")
          @DefaultValue("officer")
          String kind,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    int most = Listing.limit(limit);
    UUID after = Listing.uuid(cursor);
    Account.Kind of = kind(kind);
    List<Account> found =
        journal.transact(
            transaction -> registrar.after(transaction.connection(), of, after, most + 1));
    List<Account> page = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? Listing.cursor(page.getLast().id().toString()) : null;
    return new AccountPage(page.stream().map(AccountView::of).toList(), next);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One account, with its version as ETag")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AccountView.class),
              examples = @ExampleObject(name = "an officer", value = AccountExamples.OFFICER)))
  public Response read(@Parameter(example = ID) @PathParam("id") UUID id) {
    Account found = find(id);
    return Response.ok(AccountView.of(found)).header("ETag", Version.tag(found.version())).build();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change name, agency, office, roles and assurance of an account",
      description = "Done at once in the initial setup, else proposed.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AccountView.class),
              examples = @ExampleObject(name = "an officer", value = AccountExamples.OFFICER)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response change(
      @Parameter(example = ID) @PathParam("id") UUID id,
      @Parameter(example = "\"1\"") @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(name = "other roles", value = AccountExamples.CHANGE)))
          @Nullable ChangeAccount request) {
    ChangeAccount wanted = Problem.present(request);
    int version = Version.required(ifMatch);
    Account account = find(id);
    return acts.ask(
        null, AccountActs.CHANGE, account.id().toString(), new ChangeAccount.Seen(version, wanted));
  }

  @PUT
  @Path("/{id}/status")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Suspend or close an account, or make it active again",
      description =
          "One administrator may suspend or close a citizen's account and suspend an officer's, at"
              + " once; the rest takes two. Every session of the account ends. A closed account"
              + " stays closed.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AccountView.class),
              examples = @ExampleObject(name = "suspended", value = AccountExamples.SUSPENDED)))
  @APIResponse(responseCode = "202", ref = ApiDescription.PROPOSED)
  public Response turn(
      @Parameter(example = ID) @PathParam("id") UUID id,
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(name = "suspend", value = "{\"status\": \"suspended\"}")))
          @Nullable ChangeAccountStatus request) {
    ChangeAccountStatus wanted = Problem.present(request);
    Account.Status status = wanted.checked();
    Account account = find(id);
    boolean alone =
        switch (account.kind()) {
          case CITIZEN -> status != Account.Status.ACTIVE;
          case OFFICER -> status == Account.Status.SUSPENDED;
          case ADMINISTRATOR -> false;
        };
    String target = account.id().toString();
    return alone
        ? acts.alone(
            null,
            wanted,
            (transaction, mandate) -> registrar.turn(transaction, mandate, target, wanted))
        : acts.ask(null, AccountActs.TURN, target, wanted);
  }

  @POST
  @Path("/{id}/activation")
  @Operation(
      summary = "Make an activation code, by which the person sets a password",
      description =
          "The code is the first half, a full stop and the second half. Where two administrators"
              + " act, who asks is shown the first half and who approves the second: each hands"
              + " theirs to the person. It lasts 7 days and replaces a former one. Not repeatable by"
              + " Idempotency-Key, because halves are not kept.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = Handed.class),
              examples = @ExampleObject(name = "both halves", value = AccountExamples.HANDED)))
  @APIResponse(
      responseCode = "202",
      description = PROPOSED,
      content =
          @Content(
              schema = @Schema(implementation = Handed.class),
              examples =
                  @ExampleObject(name = "the first half", value = AccountExamples.FIRST_HALF)))
  public Response activate(@Parameter(example = ID) @PathParam("id") UUID id) {
    Account account = find(id);
    String target = account.id().toString();
    String half = Secrets.next();
    Activations.FirstHalf kept = Activations.firstHalf(half);
    Response outcome =
        account.kind() == Account.Kind.CITIZEN
            ? acts.alone(
                null,
                kept,
                (transaction, mandate) -> activations.open(transaction, mandate, target, kept))
            : acts.ask(null, AccountActs.ACTIVATE, target, kept);
    return Response.fromResponse(outcome)
        .entity(new Handed(half, outcome.getEntity().toString()))
        .header("Cache-Control", "no-store")
        .build();
  }

  private Account find(UUID id) {
    return journal.transact(transaction -> registrar.find(transaction.connection(), id.toString()));
  }

  private static Account.Kind kind(String word) {
    return Arrays.stream(Account.Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.MALFORMED_REQUEST.because(
                    "The parameter kind is citizen, officer or administrator."));
  }
}
