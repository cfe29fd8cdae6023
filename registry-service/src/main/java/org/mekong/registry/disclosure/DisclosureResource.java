package org.mekong.registry.disclosure;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.permission.policy.Askable;
import org.mekong.registry.problem.Problem;

/** {@code GET /v1/persons/{id}/disclosures}: who asked about a person, when, why, for what. */
@Path("/v1/persons/{id}/disclosures")
@Produces(MediaType.APPLICATION_JSON)
public class DisclosureResource {

  private static final String FIELD = Askable.DISCLOSURES;
  private static final int MOST = 100;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final DisclosureDesk desk;
  private final Disclosures disclosures;
  private final Permissions permissions;
  private final Clock clock;

  DisclosureResource(
      DisclosureDesk desk, Disclosures disclosures, Permissions permissions, Clock clock) {
    this.desk = desk;
    this.disclosures = disclosures;
    this.permissions = permissions;
    this.clock = clock;
  }

  /**
   * Lists disclosures, each with its proof. One whose visibility is delayed is not there yet. The
   * list is itself a disclosure and is logged, after it was made.
   */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "List who asked about a person, with proofs, newest first")
  public DisclosurePage list(
      @PathParam("id") String id,
      @Parameter(required = true, example = "administration") @QueryParam("purpose")
          @Nullable String purpose,
      @QueryParam("cursor") @Nullable String cursor,
      @Parameter(example = "20") @QueryParam("limit") @Nullable String limit) {
    int most = limit(limit);
    UUID before =
        cursor == null
            ? null
            : uuid(cursor)
                .orElseThrow(
                    () -> Problem.invalid("cursor", "cursor", "is no cursor of this list"));
    Enquiry enquiry = permissions.admit(Kind.READ, purpose, List.of(FIELD), null, null);
    UUID person =
        uuid(id)
            .orElseThrow(
                () ->
                    Problem.NO_SUCH_PERSON.because(
                        "The register has no such person for this caller."));
    Instant now = clock.instant();
    Disclosed<List<DisclosureView>> page =
        desk.give(
            enquiry,
            transaction -> {
              List<DisclosureView> found =
                  disclosures.page(transaction, person, before, now, most + 1);
              return new Finding<>(found, true, List.of(person));
            });
    List<DisclosureView> shown =
        page.answer().stream()
            .limit(most)
            .map(disclosure -> disclosure.with(desk.proof(disclosure.entry()).orElse(null)))
            .toList();
    String next = page.answer().size() > most ? shown.getLast().id().toString() : null;
    return new DisclosurePage(shown, next, page.trace(), page.receipt());
  }

  private static Optional<UUID> uuid(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return 20;
    }
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }
}
