package org.mekong.registry.statistics.publication;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.statistics.count.Kind;

/**
 * {@code /v1/statistics}: what the register tells of all, and of nobody. Open to everybody. Figures
 * are published once a month for closed months and stay as they are until the next release.
 */
@Path("/v1/statistics")
@Produces({MediaType.APPLICATION_JSON, "text/csv"})
public class StatisticsResource {

  private static final int MOST_MONTHS = 120;
  private static final int MOST_MONTHS_OF_FLOWS = 24;
  private static final String CSV = "text/csv";

  private final Publisher publisher;

  StatisticsResource(Publisher publisher) {
    this.publisher = publisher;
  }

  /** Who lives where. */
  @GET
  @Path("population")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Population by province, sex and five-year age group",
      description = StatisticsExamples.ABOUT_POPULATION)
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = StatisticsView.class),
            examples =
                @ExampleObject(
                    name = "men of a province",
                    summary = "?province=44&sex=male",
                    value = StatisticsExamples.POPULATION)),
        @Content(
            mediaType = CSV,
            schema = @Schema(implementation = String.class),
            examples =
                @ExampleObject(
                    name = "men of a province",
                    summary = "?province=44&sex=male&format=csv",
                    value = StatisticsExamples.POPULATION_CSV))
      })
  public Response population(
      @Parameter(
              description = "first day of a month, or now for the newest; now when left out",
              example = "now")
          @QueryParam("day")
          @Nullable String day,
      @Parameter(description = "rows of one province alone: its code, or total", example = "total")
          @QueryParam("province")
          @Nullable String province,
      @Parameter(
              description = "rows of one sex alone: male, female, unknown or total",
              example = "total")
          @QueryParam("sex")
          @Nullable String sex,
      @Parameter(description = "json or csv; as Accept says when left out", example = "json")
          @QueryParam("format")
          @Nullable String format,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "population",
        format,
        headers,
        reader -> reader.day(day, province, sex),
        Tables::population);
  }

  /** Live births. */
  @GET
  @Path("births")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Live births by month, province and sex",
      description = StatisticsExamples.ABOUT_BIRTHS)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatisticsView.class),
              examples =
                  @ExampleObject(
                      name = "a month of the nation",
                      summary = "?from=2024-01&to=2024-01&province=total&sex=total",
                      value = StatisticsExamples.BIRTHS)))
  public Response births(
      @BeanParam SeriesParameters series,
      @Parameter(description = "male, female, unknown or total", example = "total")
          @QueryParam("sex")
          @Nullable String sex,
      @Parameter(
              description = "by month of occurrence, which is meant when left out, or registration",
              example = "occurrence")
          @QueryParam("basis")
          @Nullable String basis,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "births",
        series.format(),
        headers,
        reader -> reader.series(series, sex, basis, MOST_MONTHS),
        (connection, question) -> Tables.events(connection, question, Kind.LIVE_BIRTH, "births"));
  }

  /** Deaths. */
  @GET
  @Path("deaths")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Deaths by month, province and sex",
      description = StatisticsExamples.ABOUT_DEATHS)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatisticsView.class),
              examples =
                  @ExampleObject(
                      name = "a month of the nation",
                      summary =
                          "?from=2024-01&to=2024-01&province=total&sex=total&basis=registration",
                      value = StatisticsExamples.DEATHS)))
  public Response deaths(
      @BeanParam SeriesParameters series,
      @Parameter(description = "male, female, unknown or total", example = "total")
          @QueryParam("sex")
          @Nullable String sex,
      @Parameter(
              description = "by month of occurrence, which is meant when left out, or registration",
              example = "registration")
          @QueryParam("basis")
          @Nullable String basis,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "deaths",
        series.format(),
        headers,
        reader -> reader.series(series, sex, basis, MOST_MONTHS),
        (connection, question) -> Tables.events(connection, question, Kind.DEATH, "deaths"));
  }

  /** Marriages and divorces. */
  @GET
  @Path("marriages")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Marriages and divorces by month and province",
      description = StatisticsExamples.ABOUT_MARRIAGES)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatisticsView.class),
              examples =
                  @ExampleObject(
                      name = "a month of the nation",
                      summary = "?from=2024-01&to=2024-01&province=total",
                      value = StatisticsExamples.MARRIAGES)))
  public Response marriages(
      @BeanParam SeriesParameters series,
      @Parameter(
              description = "by month of occurrence, which is meant when left out, or registration",
              example = "occurrence")
          @QueryParam("basis")
          @Nullable String basis,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "marriages",
        series.format(),
        headers,
        reader -> reader.series(series, null, basis, MOST_MONTHS),
        Tables::marriages);
  }

  /** Migration by province. */
  @GET
  @Path("migration")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Who comes to a province and who goes, by month, province and sex",
      description = StatisticsExamples.ABOUT_MIGRATION)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatisticsView.class),
              examples =
                  @ExampleObject(
                      name = "a month of the nation",
                      summary = "?from=2024-01&to=2024-01&province=total&sex=total",
                      value = StatisticsExamples.MIGRATION)))
  public Response migration(
      @BeanParam SeriesParameters series,
      @Parameter(description = "male, female, unknown or total", example = "total")
          @QueryParam("sex")
          @Nullable String sex,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "migration",
        series.format(),
        headers,
        reader -> reader.series(series, sex, null, MOST_MONTHS),
        Tables::migration);
  }

  /** Migration between provinces. */
  @GET
  @Path("migration/flows")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Who moves from which province to which, by month and sex",
      description = StatisticsExamples.ABOUT_FLOWS)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatisticsView.class),
              examples =
                  @ExampleObject(
                      name = "a month of a province",
                      summary = "?from=2024-01&to=2024-01&province=44&sex=total",
                      value = StatisticsExamples.FLOWS)))
  public Response flows(
      @BeanParam SeriesParameters series,
      @Parameter(description = "male, female, unknown or total", example = "total")
          @QueryParam("sex")
          @Nullable String sex,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "migration-flows",
        series.format(),
        headers,
        reader -> reader.series(series, sex, null, MOST_MONTHS_OF_FLOWS),
        Tables::flows);
  }

  /** Timeliness. */
  @GET
  @Path("timeliness")
  @PermitAll
  @RunOnVirtualThread
  @Operation(
      summary = "Days from an event to its registration, by month of registration and province",
      description = StatisticsExamples.ABOUT_TIMELINESS)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StatisticsView.class),
              examples =
                  @ExampleObject(
                      name = "a month of the nation",
                      summary = "?from=2024-01&to=2024-01&province=total&event=death",
                      value = StatisticsExamples.TIMELINESS)))
  public Response timeliness(
      @BeanParam SeriesParameters series,
      @Parameter(
              description = "live_birth, which is meant when left out, death, marriage or divorce",
              example = "death")
          @QueryParam("event")
          @Nullable String event,
      @Context HttpHeaders headers)
      throws SQLException {
    return publisher.publish(
        "timeliness",
        series.format(),
        headers,
        reader -> reader.timeliness(series, event, MOST_MONTHS),
        (connection, question) -> Tables.timeliness(connection, question, question.event()));
  }
}
