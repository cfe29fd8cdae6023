package org.mekong.registry.purpose;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.name.NameText;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;

/** The list of purposes, for the register's administrator. */
@Path("/admin/v1/purposes")
@Produces(MediaType.APPLICATION_JSON)
public class PurposeResource {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{1,63}");

  private final Purposes purposes;

  PurposeResource(Purposes purposes) {
    this.purposes = purposes;
  }

  /** Lists the purposes. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the purposes for which persons may be read")
  public List<PurposeView> list() {
    return purposes.list().stream().map(PurposeView::of).toList();
  }

  /** Adds a purpose; adding it again changes nothing. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Add a purpose")
  public PurposeView add(
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "a purpose",
                              value = "{\"code\":\"pension\",\"description\":\"Pay pensions\"}")))
          @Nullable AddPurpose body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Violations violations = new Violations();
    if (body.code() == null || !CODE.matcher(body.code()).matches()) {
      violations.add("code", "code", "is no word of 2 to 64 lower-case letters, digits and -");
    }
    if (body.description() == null) {
      violations.add("description", "required", "is missing");
    } else {
      NameText.inText(body.description(), NameText.LONGEST_TEXT)
          .ifPresent(fault -> violations.add("description", fault.rule(), fault.detail()));
    }
    violations.refuse();
    if (body.code() == null || body.description() == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return PurposeView.of(purposes.add(body.code(), body.description()));
  }
}
