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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;

/** {@code POST /v1/readings}: fields of a person, by number or key. */
@Path("/v1/readings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ReadingResource {

  private static final String EXAMPLE =
      """
      {"purpose":"border-resident","subject":{"personalNumber":"130299000001"},
       "fields":["names","date_of_birth"],
       "requester":{"requestId":"0193a5b2-7c11-7d33-9a55-000000000001","country":"VN",
        "agency":"vn-quang-tri-civil-registry","officer":"officer-7",
        "legalBasis":"Agreement VN-LA, article 4"}}
      """;

  private final PersonReader reader;

  ReadingResource(PersonReader reader) {
    this.reader = reader;
  }

  /** Reads fields; unknown and withheld persons are {@code not_available} alike. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Operation(summary = "Read fields of a person for a purpose, and log that it was done")
  public ReadingView read(
      @RequestBody(
              content = @Content(examples = @ExampleObject(name = "two fields", value = EXAMPLE)))
          @Nullable ReadPerson body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    People.Key key = SubjectBody.key(body.subject());
    Set<PersonField> fields = PersonReader.fields(body.fields());
    Enquiry enquiry = reader.admit(body.purpose(), fields, body.legalBasis(), body.requester());
    return ReadingView.of(reader.read(enquiry, key, fields, PersonField::code));
  }
}
