package org.mekong.registry.reading;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.caller.SpendsProof;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Moments;

/** {@code GET /v1/persons/{id}}: what the caller's token grants of one person. */
@Path("/v1/persons/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class PersonReadResource {

  private static final String EXAMPLE =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101","asOf":"2023-01-01",
       "knownAt":"2026-01-01T00:00:00Z",
       "names":[{"kind":"official","script":"Latn","family":"Nguyễn","middle":"Thị",
        "given":"Hoa","full":"Nguyễn Thị Hoa"}],
       "dateOfBirth":"1999-03-08",
       "disclosure":{"origin":"registry.vn.mekong.example/log/2026","index":41,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…"}
      """;

  private final PersonReader reader;
  private final Moments moments;

  PersonReadResource(PersonReader reader, Moments moments) {
    this.reader = reader;
    this.moments = moments;
  }

  /**
   * Reads a person. A merged record answers with {@code mergedInto}, the key to ask under, and no
   * fields. {@code declared} names the fields that on the day asked for rest on what was declared
   * at a later first registration.
   *
   * @param fields names of fields, comma-separated; what is granted when left out. A sensitive
   *     field comes only when it is named here and granted by name. Fields that are not granted are
   *     left out like fields that the register does not hold.
   */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @SpendsProof
  @Parameter(ref = "explain")
  @Operation(
      summary = "Read what the token grants of a person, and log that it was done",
      description =
          "Now, as of a day, as known at an instant, or both. Whoever is unknown, protected, not"
              + " born or not registered by then is 404 alike. The ETag of the current state is what"
              + " POST /v1/persons/{id}/events wants as If-Match.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "two fields of a day",
                      summary =
                          "?purpose=civil-registration&asOf=2023-01-01&knownAt=2026-01-01T00:00:00Z&fields=names,date_of_birth",
                      value = EXAMPLE)))
  public RestResponse<Map<String, Object>> read(
      @Parameter(example = "0190f3c4-5a10-7b21-8c43-5d6e7f809101") @PathParam("id") String id,
      @BeanParam MomentQuery query,
      @Parameter(example = "names,date_of_birth") @QueryParam("fields") @Nullable String fields) {
    String purpose = query.purpose();
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    Moment moment = moments.read(query.asOf(), query.knownAt());
    Set<PersonField> given = reader.given(purpose, fields);
    Enquiry enquiry = reader.admit(purpose, given, null, null);
    UUID key = SubjectBody.parse(id).orElseThrow(PersonReader::absent);
    Disclosed<Reading> disclosed =
        reader.read(enquiry, new People.Key.ById(key), moment, given, false, PersonField::member);
    RestResponse.ResponseBuilder<Map<String, Object>> answer = RestResponse.ResponseBuilder.ok();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", key);
    moment.into(view);
    switch (disclosed.answer()) {
      case Reading.Nothing nothing -> throw PersonReader.absent();
      case Reading.Merged(UUID survivor) -> view.put("mergedInto", survivor);
      case Reading.Fields(Map<String, Object> members, List<String> declared, Integer version) -> {
        if (version != null) {
          answer.header("ETag", new PersonTag(key, version).text());
        }
        view.putAll(members);
        if (!declared.isEmpty()) {
          view.put("declared", declared);
        }
      }
    }
    view.put("disclosure", disclosed.trace());
    view.put("receipt", disclosed.receipt());
    return answer.entity(view).build();
  }
}
