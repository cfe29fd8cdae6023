package org.mekong.registry.history;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;

/**
 * The parts of a person: each a list of values, now or at a moment, and with {@code history=true}
 * all that ever held, with its validity.
 */
@Path("/v1/persons/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class PartResource {

  private final PartReader reader;

  PartResource(PartReader reader) {
    this.reader = reader;
  }

  /** List the names of a person. */
  @GET
  @Path("names")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "List the names of a person")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples = {
                @ExampleObject(
                    name = "now",
                    summary = "?purpose=civil-registration",
                    value = Examples.NAMES),
                @ExampleObject(
                    name = "with history",
                    summary = "?purpose=civil-registration&history=true",
                    value = Examples.NAMES_HISTORY)
              }))
  public PartView names(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.NAMES, id, query);
  }

  /** List the personal numbers of a person, in force and earlier. */
  @GET
  @Path("identifiers")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "List the personal numbers of a person, in force and earlier")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.IDENTIFIERS)))
  public PartView identifiers(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.IDENTIFIERS, id, query);
  }

  /** List the residences of a person, of every kind. */
  @GET
  @Path("residences")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "List the residences of a person, of every kind")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.RESIDENCES)))
  public PartView residences(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.RESIDENCES, id, query);
  }

  /** List parents, spouse, children, guardians and wards of a person. */
  @GET
  @Path("relationships")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "List parents, spouse, children, guardians and wards of a person")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.RELATIONSHIPS)))
  public PartView relationships(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.RELATIONSHIPS, id, query);
  }

  /** Show the household of a person and the relation to its head. */
  @GET
  @Path("household")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "Show the household of a person and the relation to its head")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.HOUSEHOLD)))
  public PartView household(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.HOUSEHOLD, id, query);
  }

  /** List the nationalities of a person. */
  @GET
  @Path("nationalities")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "List the nationalities of a person")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.NATIONALITIES)))
  public PartView nationalities(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.NATIONALITIES, id, query);
  }

  /** Show the marital status of a person. */
  @GET
  @Path("marital-status")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "Show the marital status of a person")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.MARITAL_STATUS)))
  public PartView maritalStatus(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.MARITAL_STATUS, id, query);
  }

  /** Show whether a person is alive, missing or dead. */
  @GET
  @Path("life-status")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "Show whether a person is alive, missing or dead")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "now",
                      summary = "?purpose=civil-registration",
                      value = Examples.LIFE_STATUS)))
  public PartView lifeStatus(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam PartQuery query) {
    return reader.read(Part.LIFE_STATUS, id, query);
  }
}
