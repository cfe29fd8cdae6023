package org.mekong.registry.statistics;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.statistics.count.Counters;
import org.mekong.registry.statistics.count.Key;

/** {@code GET /admin/v1/register}. */
@Path("/admin/v1/register")
@Produces(MediaType.APPLICATION_JSON)
public class RegisterResource {

  private static final long COUNTED = 100_000;

  private final DataSource database;
  private final NationProfile profile;

  RegisterResource(DataSource database, NationProfile profile) {
    this.database = database;
    this.profile = profile;
  }

  /** Counts. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Tell how much the register holds",
      description =
          "Persons are counted exactly. Numbers and disclosures are, up to 100,000 of them; beyond"
              + " it is the estimate that the database keeps. Nothing is scanned for it.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "a register",
                      value =
                          "{\"nation\":\"VN\",\"persons\":10000,\"numbers\":10041,"
                              + "\"disclosures\":12}")))
  public RegisterCounts counts() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return new RegisterCounts(
          profile.nation().name(),
          Counters.read(connection, Key.PERSONS),
          rows(connection, "identifier"),
          rows(connection, "disclosure"));
    }
  }

  /** The rows of a table: as many as are counted in no time, else what the database estimates. */
  private static long rows(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select count(*) from (select from " + table + " limit " + COUNTED + ") few")) {
        row.next();
        if (row.getLong(1) < COUNTED) {
          return row.getLong(1);
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "select reltuples::bigint from pg_class where oid = '" + table + "'::regclass")) {
        row.next();
        return Math.max(COUNTED, row.getLong(1));
      }
    }
  }
}
