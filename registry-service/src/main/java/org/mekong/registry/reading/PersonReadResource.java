package org.mekong.registry.reading;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;

/** {@code GET /v1/persons/{id}}: what the caller's token grants of one person. */
@Path("/v1/persons/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class PersonReadResource {

  private final PersonReader reader;

  PersonReadResource(PersonReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a person.
   *
   * @param fields names of fields, comma-separated; what is granted when left out. A sensitive
   *     field comes only when it is named here and granted by name. Fields that are not granted are
   *     left out like fields that the register does not hold.
   */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Operation(summary = "Read what the token grants of a person, and log that it was done")
  public Map<String, Object> read(
      @PathParam("id") String id,
      @Parameter(required = true, example = "civil-registration") @QueryParam("purpose")
          @Nullable String purpose,
      @Parameter(example = "names,date_of_birth") @QueryParam("fields") @Nullable String fields) {
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    Set<PersonField> given =
        fields == null
            ? reader.grantedFields(purpose)
            : reader.grantedFields(
                purpose, PersonReader.fields(Arrays.asList(fields.split(",", -1))));
    Enquiry enquiry = reader.admit(purpose, given, null, null);
    UUID key = SubjectBody.parse(id).orElseThrow(PersonReadResource::absent);
    Disclosed<Optional<Map<String, Object>>> disclosed =
        reader.read(enquiry, new People.Key.ById(key), given, PersonField::member);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", key);
    view.putAll(disclosed.answer().orElseThrow(PersonReadResource::absent));
    view.put("disclosure", disclosed.trace());
    view.put("receipt", disclosed.receipt());
    return view;
  }

  private static io.quarkiverse.resteasy.problem.HttpProblem absent() {
    return Problem.NO_SUCH_PERSON.because("The register has no such person for this caller.");
  }
}
