package org.mekong.gateway.quota;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.storage.Transactions;

/** {@code /admin/v1/quotas}: how much of today's quotas is used. */
@Path("/admin/v1/quotas")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration", description = "What operators do with this gateway")
public class QuotaResource {

  private static final int MOST = 200;
  private static final String PAGE =
      """
      SELECT nation, agency, client, purpose, country, leased, allowed, refused FROM quota_day
      WHERE day = ? AND (nation, agency, client, purpose, country) > (?, ?, ?, ?, ?)
      ORDER BY nation, agency, client, purpose, country LIMIT ?""";
  private static final String EXAMPLE =
      """
      {"day": "2026-11-22",
       "quotas": [{"nation": "VN", "agency": "vn-quang-tri-civil-registry", "purpose": "marriage",
         "country": "LA", "taken": 412, "allowed": 5000, "refused": 0}]}
      """;

  private final Transactions transactions;
  private final Clock clock;

  @Inject
  QuotaResource(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A page of quotas.
   *
   * @param day UTC
   * @param next cursor of the next page, where there is one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record QuotaPage(LocalDate day, List<QuotaUse> quotas, @Nullable String next) {
    public QuotaPage {
      quotas = List.copyOf(quotas);
    }
  }

  /** Lists what was taken today. */
  @GET
  @Operation(
      operationId = "listQuotas",
      summary = "Tells how much of today's quotas is used, by agency and purpose",
      description =
          "Agencies of this nation and of those that ask it. A client that its registration bounds"
              + " has a line of its own. Example: `GET /admin/v1/quotas?limit=50`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "one agency", value = EXAMPLE)))
  @APIResponse(responseCode = "400", description = "cursor or limit is none")
  public QuotaPage list(
      @Parameter(description = "next of the page before") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 200") @QueryParam("limit") @DefaultValue("50") String limit) {
    int lines = lines(limit);
    List<String> after =
        QuotaUse.after(cursor)
            .orElseThrow(() -> Problem.malformed("cursor: take it from the page before."));
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      List<QuotaUse> found = transactions.in(connection -> find(connection, day, after, lines + 1));
      boolean more = found.size() > lines;
      List<QuotaUse> page = more ? found.subList(0, lines) : found;
      return new QuotaPage(day, page, more ? page.getLast().cursor() : null);
    } catch (SQLException e) {
      throw Problem.unavailable("The database does not answer.");
    }
  }

  private static int lines(String limit) {
    if (limit.matches("[0-9]{1,3}")) {
      int lines = Integer.parseInt(limit);
      if (lines >= 1 && lines <= MOST) {
        return lines;
      }
    }
    throw Problem.malformed("limit: 1 to " + MOST + ".");
  }

  private static List<QuotaUse> find(
      Connection connection, LocalDate day, List<String> after, int lines) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setObject(1, day);
      for (int i = 0; i < after.size(); i++) {
        select.setString(i + 2, after.get(i));
      }
      select.setInt(7, lines);
      var found = new ArrayList<QuotaUse>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(use(row));
        }
      }
      return found;
    }
  }

  private static QuotaUse use(ResultSet row) throws SQLException {
    return new QuotaUse(
        row.getString("nation"),
        row.getString("agency"),
        present(row.getString("client")),
        present(row.getString("purpose")),
        present(row.getString("country")),
        row.getInt("leased"),
        row.getInt("allowed"),
        row.getLong("refused"));
  }

  private static @Nullable String present(String value) {
    return value.isEmpty() ? null : value;
  }
}
