package org.mekong.registry.statistics;

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
import org.mekong.registry.caller.Roles;
import org.mekong.registry.nation.NationProfile;

/** {@code GET /admin/v1/register}. */
@Path("/admin/v1/register")
@Produces(MediaType.APPLICATION_JSON)
public class RegisterResource {

  private static final String COUNTS =
      "select (select count(*) from person), (select count(*) from identifier),"
          + " (select count(*) from disclosure)";

  private final DataSource database;
  private final NationProfile profile;

  RegisterResource(DataSource database, NationProfile profile) {
    this.database = database;
    this.profile = profile;
  }

  /** Counts. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Count what the register holds")
  public RegisterCounts counts() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTS)) {
      row.next();
      return new RegisterCounts(
          profile.nation().name(), row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }
}
