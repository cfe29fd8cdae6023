package org.mekong.registry.registration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.Problem;

/** {@code POST /v1/persons}. */
@Path("/v1/persons")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PersonResource {

  private static final String VIETNAMESE =
      """
      {"names":[{"family":"Nguyễn","middle":"Thị","given":"Hoa"}],
       "dateOfBirth":"1999-03-08","sex":2,"placeOfBirthRegistration":"045",
       "maritalStatus":"single",
       "residences":[{"kind":"permanent","province":"44","text":"Phường Đông Hà"}]}
      """;
  private static final String LAO =
      """
      {"names":[{"given":"ບຸນມີ"},{"script":"Latn","given":"Bounmy"}],
       "dateOfBirth":"1998","sex":1,"placeOfBirthRegistration":"LA-SV",
       "maritalStatus":"single","residences":[{"kind":"permanent","province":"LA-SV"}]}
      """;

  private final PersonRegistrar registrar;
  private final CurrentCaller caller;

  PersonResource(PersonRegistrar registrar, CurrentCaller caller) {
    this.registrar = registrar;
    this.caller = caller;
  }

  /** Registers a person. Repeating the request with its key returns the first outcome. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_WRITE)
  @Operation(summary = "Register a person and give them a personal number")
  public Response register(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a11")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      examples = {
                        @ExampleObject(name = "in Viet Nam", value = VIETNAMESE),
                        @ExampleObject(name = "in Laos, without family name", value = LAO)
                      }))
          @Nullable RegisterPerson body)
      throws SQLException {
    OperationKey operation = OperationKey.of(caller.get().id(), key);
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Outcome outcome = registrar.register(operation, body);
    return Response.status(outcome.status())
        .header("Location", outcome.location())
        .entity(outcome.body())
        .build();
  }
}
