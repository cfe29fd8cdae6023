package org.mekong.registry.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.problem.Problem;

/** {@code POST /v1/persons/search}: whoever fits what is known. Names stay out of URLs. */
@Path("/v1/persons/search")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

  private static final String BY_NAME =
      """
      {"purpose":"civil-registration",
       "criteria":{"name":"tran thi hoa","dateOfBirth":"1990","sex":2},
       "fields":["names","date_of_birth"],"limit":20}
      """;
  private static final String BY_PLACE =
      """
      {"purpose":"civil-registration",
       "criteria":{"residence":{"province":"01"},"dateOfBirth":"1990-05-17"},
       "fields":["names"]}
      """;
  private static final String BY_NUMBER =
      """
      {"purpose":"civil-registration","criteria":{"personalNumber":"001190000000"},
       "fields":["names","life_status"]}
      """;
  private static final String FOUND =
      """
      {"outcome":"found",
       "persons":[{"id":"0198a5b2-7c11-7d33-9a55-000000000001","score":0.944,
         "reasons":[
           {"criterion":"name","strength":"without_marks","points":55,"of":60},
           {"criterion":"dateOfBirth","strength":"exact","points":25,"of":25},
           {"criterion":"sex","strength":"exact","points":5,"of":5}],
         "person":{"names":[{"kind":"official","script":"Latn","family":"Trần","middle":"Thị",
           "given":"Hoa","full":"Trần Thị Hoa"}],"date_of_birth":"1990-05-17"}}],
       "disclosure":{"origin":"registry.vn.mekong.example/2026","index":4711,
         "leafHash":"mO8b0qTUQ2sXG2v0pD4n0v5k4o8QJ0c5b6l0bq1l0xE="},
       "receipt":"c2sp.org/tlog-proof@v1",
       "receipts":[{"id":"0198a5b2-7c11-7d33-9a55-000000000001",
         "disclosure":{"origin":"registry.vn.mekong.example/2026","index":4711,
           "leafHash":"mO8b0qTUQ2sXG2v0pD4n0v5k4o8QJ0c5b6l0bq1l0xE="},
         "receipt":"c2sp.org/tlog-proof@v1"}]}
      """;
  private static final String NEEDS_MORE =
      """
      {"outcome":"needs-more","narrowBy":["name","dateOfBirth","sex","residence","personalNumber"],
       "disclosure":{"origin":"registry.vn.mekong.example/2026","index":4712,
         "leafHash":"mO8b0qTUQ2sXG2v0pD4n0v5k4o8QJ0c5b6l0bq1l0xE="},
       "receipt":"c2sp.org/tlog-proof@v1"}
      """;

  private final PersonSearch search;
  private final CursorSeal cursors;
  private final NationProfile profile;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  SearchResource(
      PersonSearch search,
      CursorSeal cursors,
      NationProfile profile,
      CurrentCaller caller,
      ObjectMapper json) {
    this.search = search;
    this.cursors = cursors;
    this.profile = profile;
    this.caller = caller;
    this.json = json;
  }

  /**
   * Searches. Every criterion has to fit; each person shown is a disclosure. Nobody withheld is
   * ever shown. What one may not read one may not search by: residence, parents, place of birth and
   * household need their field granted. A page that follows starts where the one before ended,
   * whoever was registered meanwhile.
   */
  @POST
  @RunOnVirtualThread
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Disclosing(Kind.SEARCH)
  @Parameter(ref = "explain")
  @Operation(summary = "Find persons by what is known of them, ranked, and log who was shown")
  @APIResponse(
      responseCode = "200",
      description = "Who fits; or nobody; or what would narrow a search that is too broad",
      content =
          @Content(
              schema = @Schema(implementation = SearchView.class),
              examples = {
                @ExampleObject(name = "found", value = FOUND),
                @ExampleObject(name = "too broad", value = NEEDS_MORE)
              }))
  public SearchView search(
      @RequestBody(
              content =
                  @Content(
                      examples = {
                        @ExampleObject(name = "by name and year of birth", value = BY_NAME),
                        @ExampleObject(name = "by place and date of birth", value = BY_PLACE),
                        @ExampleObject(name = "by number", value = BY_NUMBER)
                      }))
          @Nullable SearchPersons body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    int limit = body.most();
    Criteria criteria = body.read(profile);
    Set<PersonField> fields = search.fields(body, body.purpose());
    Enquiry enquiry = search.admit(body, criteria, fields);
    byte[] identity = identity(body, enquiry);
    CursorSeal.Place after = body.cursor() == null ? null : open(body.cursor(), identity);
    Disclosed<PersonSearch.Result> found =
        search.search(enquiry, criteria, fields, new PersonSearch.Page(after, limit));
    String next =
        found.answer() instanceof PersonSearch.Result.Found page && page.next() != null
            ? cursors.seal(page.next(), identity)
            : null;
    return SearchView.of(found, next);
  }

  private CursorSeal.Place open(String cursor, byte[] identity) {
    return cursors
        .open(cursor, identity)
        .orElseThrow(
            () ->
                Problem.INVALID_CURSOR.because(
                    "The cursor was not given out for this search and caller.", "cursor/seal"));
  }

  private byte[] identity(SearchPersons body, Enquiry enquiry) {
    try {
      return CursorSeal.digest(
          CursorSeal.bytes(caller.get().id()),
          CursorSeal.bytes(enquiry.requester().country()),
          CursorSeal.bytes(enquiry.requester().agency()),
          json.writeValueAsBytes(body.query()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A request that was read cannot be written");
    }
  }
}
