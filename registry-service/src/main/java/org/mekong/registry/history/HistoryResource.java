package org.mekong.registry.history;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.reading.MomentQuery;
import org.mekong.registry.reading.Page;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.SubjectBody;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Moments;

/** The events of a life, and the differences between two moments of it. */
@Path("/v1/persons/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

  private static final int USUAL_PAGE = 50;

  private final PersonReader reader;
  private final HistoryReader history;
  private final Moments moments;

  HistoryResource(PersonReader reader, HistoryReader history, Moments moments) {
    this.reader = reader;
    this.history = history;
    this.moments = moments;
  }

  /**
   * Lists the events of a life in the order in which they happened, those that were taken back
   * among them. A page stays right while events are registered: what is registered late for a time
   * that was paged over already is not seen, and nothing is seen twice.
   */
  @GET
  @Path("events")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(
      summary = "List the events of a person's life",
      description = "Needs the field vital_events.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "a life",
                      summary = "?purpose=civil-registration",
                      value = Examples.EVENTS)))
  public EventsView events(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @BeanParam MomentQuery query,
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "50") @QueryParam("limit")
          @Nullable String limit) {
    Moment moment = moments.read(query.asOf(), query.knownAt());
    String list = "events " + id + " " + moment.asOf() + " " + moment.knownAt();
    Page page = Page.read(cursor, limit, USUAL_PAGE, list);
    Enquiry enquiry =
        reader.admit(query.purpose(), EnumSet.of(PersonField.VITAL_EVENTS), null, null);
    UUID key = SubjectBody.parse(id).orElseThrow(PersonReader::absent);
    Disclosed<Optional<EventsView.Found>> disclosed = history.events(enquiry, key, moment, page);
    EventsView.Found found = disclosed.answer().orElseThrow(PersonReader::absent);
    return new EventsView(
        key,
        moment.asOf(),
        moment.knownAt(),
        found.items(),
        found.last() == null ? null : Page.cursor(found.last(), list),
        disclosed.trace(),
        disclosed.receipt());
  }

  /**
   * Compares two moments. To put every {@code after} in the place of its {@code before} makes the
   * first the second.
   *
   * @param fields names of fields, comma-separated; what is granted when left out
   */
  @GET
  @Path("diff")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(
      summary = "Show what differs between two moments of a person, and by which events",
      description =
          "The first moment needs fromAsOf, fromKnownAt or both; the second is now where it names"
              + " neither. Events are shown to those who are granted vital_events.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "a name and a corrected move",
                      summary =
                          "?purpose=civil-registration&fromAsOf=2022-08-15&fromKnownAt=2024-12-31T00:00:00Z&toAsOf=2024-12-31&fields=names,permanent_residence,vital_events",
                      value = Examples.DIFF)))
  public DiffView diff(
      @Parameter(example = Examples.PERSON) @PathParam("id") String id,
      @Parameter(
              required = true,
              description = "what the data is read for",
              example = "civil-registration")
          @QueryParam("purpose")
          @Nullable String purpose,
      @Parameter(description = "day of the first moment", example = "2022-08-15")
          @QueryParam("fromAsOf")
          @Nullable String fromAsOf,
      @Parameter(
              description = "what was recorded by this instant, at the first moment",
              example = "2024-12-31T00:00:00Z")
          @QueryParam("fromKnownAt")
          @Nullable String fromKnownAt,
      @Parameter(description = "day of the second moment", example = "2024-12-31")
          @QueryParam("toAsOf")
          @Nullable String toAsOf,
      @Parameter(description = "what was recorded by this instant, at the second moment")
          @QueryParam("toKnownAt")
          @Nullable String toKnownAt,
      @Parameter(example = "names,permanent_residence,vital_events") @QueryParam("fields")
          @Nullable String fields) {
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    Violations violations = new Violations();
    Moment from = moments.read("fromAsOf", fromAsOf, "fromKnownAt", fromKnownAt, violations);
    Moment to = moments.read("toAsOf", toAsOf, "toKnownAt", toKnownAt, violations);
    if (fromAsOf == null && fromKnownAt == null) {
      violations.add("fromAsOf", "required", "is missing, as is fromKnownAt");
    }
    violations.refuse();
    Set<PersonField> given = reader.given(purpose, fields);
    Enquiry enquiry = reader.admit(purpose, given, null, null);
    UUID key = SubjectBody.parse(id).orElseThrow(PersonReader::absent);
    Disclosed<Optional<DiffView.Found>> disclosed =
        history.differences(enquiry, key, from, to, given);
    DiffView.Found found = disclosed.answer().orElseThrow(PersonReader::absent);
    boolean events = given.contains(PersonField.VITAL_EVENTS);
    return new DiffView(
        key,
        DiffView.Point.of(from, found.from()),
        DiffView.Point.of(to, found.to()),
        found.differences().stream()
            .map(difference -> DiffView.Change.of(difference, events))
            .toList(),
        disclosed.trace(),
        disclosed.receipt());
  }
}
