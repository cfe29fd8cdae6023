package org.mekong.registry.household;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.MomentQuery;
import org.mekong.registry.reading.Page;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.SubjectBody;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Moments;

/** {@code GET /v1/households/{id}}. */
@Path("/v1/households/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class HouseholdResource {

  private static final int USUAL_PAGE = 50;
  private static final String HOUSEHOLD = "0190f3c4-5a10-7b21-8c43-5d6e7f809301";
  private static final String EXAMPLE =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809301",
       "head":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "members":[{"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101","relationToHead":"head",
        "names":[{"kind":"official","script":"Latn","family":"Nguyễn","middle":"Thị",
         "given":"Hoa Mai","full":"Nguyễn Thị Hoa Mai"}]}],
       "disclosure":{"origin":"registry.vn.mekong.example/log/2026","index":41,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…",
       "receipts":[{"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
        "disclosure":{"origin":"registry.vn.mekong.example/log/2026","index":41,
         "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
        "receipt":"c2sp.org/tlog-proof@v1\\n…"}]}
      """;

  private final HouseholdReader households;
  private final PersonReader reader;
  private final Moments moments;

  HouseholdResource(HouseholdReader households, PersonReader reader, Moments moments) {
    this.households = households;
    this.reader = reader;
    this.moments = moments;
  }

  /**
   * Lists the members of a household. Each member shown is a disclosure of their own; who is
   * protected is left out. A household that is unknown, and one of which nobody may be shown, are
   * 404 alike.
   *
   * @param fields names of fields of the members, comma-separated; what is granted when left out
   */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(
      summary = "List the members of a household, now or at a moment",
      description = "Needs the field household, and shows what else is granted of each member.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "a household of one",
                      summary = "?purpose=civil-registration&fields=names",
                      value = EXAMPLE)))
  public HouseholdView read(
      @Parameter(example = HOUSEHOLD) @PathParam("id") String id,
      @BeanParam MomentQuery query,
      @Parameter(example = "names") @QueryParam("fields") @Nullable String fields,
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "50") @QueryParam("limit")
          @Nullable String limit) {
    String purpose = query.purpose();
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    Moment moment = moments.read(query.asOf(), query.knownAt());
    String list = "household " + id + " " + moment.asOf() + " " + moment.knownAt();
    Page page = Page.read(cursor, limit, USUAL_PAGE, list);
    Set<PersonField> given = EnumSet.of(PersonField.HOUSEHOLD);
    given.addAll(reader.given(purpose, fields));
    Enquiry enquiry = reader.admit(purpose, given, null, null);
    UUID key = SubjectBody.parse(id).orElseThrow(HouseholdResource::absent);
    Disclosed<HouseholdReader.Found> disclosed = households.read(enquiry, key, moment, page, given);
    List<Map<String, Object>> shown = disclosed.answer().members();
    if (shown.isEmpty() && page.after() == null) {
      throw absent();
    }
    return new HouseholdView(
        key,
        moment.asOf(),
        moment.knownAt(),
        head(shown),
        shown,
        disclosed.answer().more() ? Page.cursor(id(shown.getLast()), list) : null,
        disclosed.trace(),
        disclosed.receipt(),
        shown.isEmpty() ? List.of() : disclosed.receipts());
  }

  private static @Nullable UUID head(List<Map<String, Object>> members) {
    return members.stream()
        .filter(member -> "head".equals(member.get("relationToHead")))
        .map(HouseholdResource::id)
        .findFirst()
        .orElse(null);
  }

  private static UUID id(Map<String, Object> member) {
    return (UUID) Objects.requireNonNull(member.get("id"));
  }

  private static RuntimeException absent() {
    return Problem.NO_SUCH_PERSON.because("The register has no such household for this caller.");
  }
}
