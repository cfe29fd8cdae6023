package org.mekong.registry.benchmark;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.identifier.BlockExhaustedException;
import org.mekong.registry.identifier.NumberAllocator;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.RegistrationPlace;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Pasts;

/**
 * Reads a person by number without token and without log, to tell what the reading itself costs.
 * Only the Maven profile {@code benchmark} compiles this: no service that anybody runs has it.
 */
@Path("/benchmark")
public class UnloggedReadResource {

  private static final LocalDate THEN = LocalDate.of(2020, 6, 30);

  private final DataSource database;
  private final People people;
  private final Pasts pasts;
  private final NumberAllocator numbers;
  private final NationProfile profile;
  private final PersonReader reader;

  UnloggedReadResource(
      DataSource database,
      People people,
      Pasts pasts,
      NumberAllocator numbers,
      NationProfile profile,
      PersonReader reader) {
    this.reader = reader;
    this.database = database;
    this.people = people;
    this.pasts = pasts;
    this.numbers = numbers;
    this.profile = profile;
  }

  /** Every field of a person. */
  @GET
  @Path("/persons/{number}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @PermitAll
  public Map<String, Object> read(@PathParam("number") String number) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return view(people.find(connection, new People.Key.ByNumber(number)));
    }
  }

  /** Every field of a person, for whoever has a token and a proof. */
  @GET
  @Path("/checked/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  public Map<String, Object> readChecked(@PathParam("id") String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return view(people.find(connection, new People.Key.ById(UUID.fromString(id))));
    }
  }

  /** The fields of a person that the token grants for a purpose. */
  @GET
  @Path("/permitted/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  public Map<String, Object> readPermitted(
      @PathParam("id") String id,
      @QueryParam("purpose") String purpose,
      @QueryParam("fields") String fields)
      throws SQLException {
    Set<PersonField> given = reader.given(purpose, fields);
    reader.admit(purpose, given, null, null);
    try (Connection connection = database.getConnection()) {
      return people
          .find(connection, new People.Key.ById(UUID.fromString(id)))
          .map(person -> reader.members(person, given, PersonField::member))
          .orElse(Map.of());
    }
  }

  /** Every field of a person as it was on a day. */
  @GET
  @Path("/pasts/{number}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @PermitAll
  public Map<String, Object> readPast(@PathParam("number") String number) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return view(
          pasts
              .find(connection, new People.Key.ByNumber(number))
              .flatMap(past -> past.at(new Moment(THEN, null))));
    }
  }

  /** A new number, in a transaction of its own. */
  @GET
  @Path("/allocations")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @PermitAll
  public Map<String, Object> allocate() throws SQLException, BlockExhaustedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<RegistrationPlace> places = List.copyOf(profile.registrationPlaces().values());
    BirthFacts birth =
        new BirthFacts(
            places.get(random.nextInt(places.size())), 2026, random.nextBoolean());
    try (Connection connection = database.getConnection()) {
      return Map.of("number", numbers.allocate(connection, UUID.randomUUID(), birth));
    }
  }

  /** Nothing, on the same path through the service. */
  @GET
  @Path("/nothing")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @PermitAll
  public Map<String, Object> nothing() {
    return Map.of();
  }

  private static Map<String, Object> view(Optional<Person> found) {
    return found
        .map(
            person ->
                PersonView.of(
                    person, true, EnumSet.allOf(PersonField.class), PersonField::member))
        .orElse(Map.of());
  }
}
