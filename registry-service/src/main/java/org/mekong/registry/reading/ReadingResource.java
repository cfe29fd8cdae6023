package org.mekong.registry.reading;

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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Moments;

/** {@code POST /v1/readings}: fields of a person, by number or key. */
@Path("/v1/readings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ReadingResource {

  private static final String NOW =
      """
      {"purpose":"civil-registration","subject":{"personalNumber":"045199730241"},
       "fields":["names","date_of_birth"]}
      """;
  private static final String PAST =
      """
      {"purpose":"civil-registration",
       "subject":{"personId":"0190f3c4-5a10-7b21-8c43-5d6e7f809101"},
       "fields":["names"],"asOf":"2019-12-31","knownAt":"2026-01-01T00:00:00Z"}
      """;
  private static final String ACROSS_THE_BORDER =
      """
      {"purpose":"border-resident","subject":{"personalNumber":"130299000001"},
       "fields":["names","date_of_birth"],
       "requester":{"requestId":"0193a5b2-7c11-7d33-9a55-000000000003","country":"VN",
        "agency":"vn-quang-tri-civil-registry","officer":"officer-7",
        "legalBasis":"Agreement VN-LA, article 4"}}
      """;
  private static final String ANSWERED =
      """
      {"outcome":"answered",
       "person":{"names":[{"kind":"official","script":"Latn","family":"Nguyễn",
        "middle":"Thị","given":"Hoa","full":"Nguyễn Thị Hoa"}]},
       "declared":["names"],
       "disclosure":{"origin":"registry.vn.mekong.example/log/2026","index":41,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…"}
      """;

  private final PersonReader reader;
  private final Moments moments;

  ReadingResource(PersonReader reader, Moments moments) {
    this.reader = reader;
    this.moments = moments;
  }

  /** Reads fields; unknown and withheld persons are {@code not_available} alike. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(
      summary = "Read fields of a person for a purpose, and log that it was done",
      description =
          "Now, as of a day, as known at an instant, or both. Across the border a merged record is"
              + " not available: its key leads nowhere there.")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "a name of a day", value = ANSWERED)))
  public ReadingView read(
      @RequestBody(
              content =
                  @Content(
                      examples = {
                        @ExampleObject(name = "two fields", value = NOW),
                        @ExampleObject(name = "a name of a day", value = PAST),
                        @ExampleObject(name = "by the gateway", value = ACROSS_THE_BORDER)
                      }))
          @Nullable ReadPerson body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    People.Key key = SubjectBody.key(body.subject());
    Set<PersonField> fields = PersonReader.fields(body.fields());
    Moment moment = moments.read(body.asOf(), body.knownAt());
    Enquiry enquiry = reader.admit(body.purpose(), fields, body.legalBasis(), body.requester());
    boolean abroad = body.requester() != null;
    return ReadingView.of(reader.read(enquiry, key, moment, fields, abroad, PersonField::code));
  }
}
