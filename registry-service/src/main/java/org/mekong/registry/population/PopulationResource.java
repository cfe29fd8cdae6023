package org.mekong.registry.population;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;

/** {@code /admin/v1/populations}: synthetic people, for an empty register that allows them. */
@Path("/admin/v1/populations")
@Produces(MediaType.APPLICATION_JSON)
public class PopulationResource {

  private final PopulationConfig config;
  private final PopulationJobs jobs;
  private final PopulationLoader loader;

  PopulationResource(PopulationConfig config, PopulationJobs jobs, PopulationLoader loader) {
    this.config = config;
    this.jobs = jobs;
    this.loader = loader;
  }

  /** Starts making a population. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Fill an empty register with synthetic persons")
  public Response make(
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "ten thousand",
                              value = "{\"persons\":10000,\"seed\":42}")))
          @Nullable MakePopulation body)
      throws SQLException {
    if (!config.enabled()) {
      throw Problem.FORBIDDEN.because(
          "This register holds real people: no synthetic ones are made.",
          "registry.population.enabled");
    }
    Integer persons = body == null ? null : body.persons();
    if (persons == null || persons < 1 || persons > config.largest()) {
      throw Problem.invalid("persons", "range", "is no number from 1 to " + config.largest());
    }
    if (!loader.isEmpty()) {
      throw Problem.CONFLICT.because("The register holds persons already.");
    }
    Long seed = body.seed();
    PopulationView started = jobs.start(persons, seed == null ? 1 : seed);
    return Response.accepted(started)
        .header("Location", "/admin/v1/populations/" + started.id())
        .build();
  }

  /** Tells how far a population is. */
  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell how far a synthetic population is")
  public PopulationView progress(@PathParam("id") String id) {
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw absent();
    }
    return jobs.find(UUID.fromString(id)).orElseThrow(PopulationResource::absent);
  }

  private static io.quarkiverse.resteasy.problem.HttpProblem absent() {
    return Problem.NOT_FOUND.because("There is no such population.");
  }
}
