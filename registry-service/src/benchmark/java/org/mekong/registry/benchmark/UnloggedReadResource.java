package org.mekong.registry.benchmark;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import javax.sql.DataSource;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.storage.People;

/**
 * Reads a person by number without token and without log, to tell what the reading itself costs.
 * Only the Maven profile {@code benchmark} compiles this: no service that anybody runs has it.
 */
@Path("/benchmark")
public class UnloggedReadResource {

  private final DataSource database;
  private final People people;

  UnloggedReadResource(DataSource database, People people) {
    this.database = database;
    this.people = people;
  }

  /** Every field of a person. */
  @GET
  @Path("/persons/{number}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @PermitAll
  public Map<String, Object> read(@PathParam("number") String number) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return people
          .find(connection, new People.Key.ByNumber(number))
          .map(
              person ->
                  PersonView.of(
                      person, true, EnumSet.allOf(PersonField.class), PersonField::member))
          .orElse(Map.of());
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
}
