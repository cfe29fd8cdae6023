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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.population.load.PopulationLoad.HinderedException;
import org.mekong.registry.problem.Problem;

/** {@code /admin/v1/populations}: synthetic people, for an empty register that allows them. */
@Path("/admin/v1/populations")
@Produces(MediaType.APPLICATION_JSON)
public class PopulationResource {

  private static final String VIEW =
      """
      {"id":"019b76da-a800-7000-8000-000000000001","state":"running","done":420000,
       "total":1000000,"events":1130000,"seed":42,"seconds":45.2,"rate":9290,
       "remainingSeconds":62}""";

  private final PopulationConfig config;
  private final PopulationJobs jobs;

  PopulationResource(PopulationConfig config, PopulationJobs jobs) {
    this.config = config;
    this.jobs = jobs;
  }

  /** Starts making a population, or goes on with it if it was cut off. */
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
    Long seed = body.seed();
    PopulationView started = start(persons, seed == null ? 1 : seed);
    return Response.accepted(started)
        .header("Location", "/admin/v1/populations/" + started.id())
        .build();
  }

  private PopulationView start(int persons, long seed) throws SQLException {
    try {
      return jobs.start(persons, seed);
    } catch (HinderedException e) {
      throw Problem.CONFLICT.because(
          switch (e.hindrance()) {
            case BUSY -> "A population is being made.";
            case NOT_EMPTY -> "The register holds persons already.";
          });
    }
  }

  /** Tells of all populations that were begun. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the synthetic populations that were begun, the latest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one", value = "[" + VIEW + "]")))
  public List<PopulationView> all() throws SQLException {
    return jobs.all();
  }

  /** Tells how far a population is. */
  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell how far a synthetic population is")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "running", value = VIEW)))
  public PopulationView progress(@PathParam("id") String id) throws SQLException {
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw absent();
    }
    return jobs.find(UUID.fromString(id)).orElseThrow(PopulationResource::absent);
  }

  private static io.quarkiverse.resteasy.problem.HttpProblem absent() {
    return Problem.NOT_FOUND.because("There is no such population.");
  }
}
