package org.mekong.registry.bulk.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.bulk.ImportClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/**
 * Transactions of an import that are cut off at any place: each person is in the register once. The
 * service itself is killed by {@code benchmarks/import --kills}.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class InterruptedImportIT {

  private static final int FAMILIES = 3000;
  private static final String CUT =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()"
          + " and datname = current_database() and xact_start is not null"
          + " and (query ilike 'copy %' or query ilike '%bulk_chunk%' or query ilike '%identifier%'"
          + " or query = 'COMMIT')";

  TestSetting setting;
  @Inject DataSource database;
  private ImportClient client;

  @BeforeEach
  void connect() {
    client = new ImportClient(setting);
  }

  @Test
  void everyRowIsInOnceHoweverOftenItsTransactionIsCutOff() throws Exception {
    StringBuilder rows =
        new StringBuilder(
            "ref,family_name,given_name,date_of_birth,sex,place_of_birth_registration,"
                + "marital_status,father_ref\n");
    for (int i = 0; i < FAMILIES; i++) {
      rows.append("k%d,".formatted(i))
          .append(ImportClient.somebody("Khổng ", i, 1940))
          .append(",1,045,married,\n,")
          .append(ImportClient.somebody("Khổng ", FAMILIES + i, 1985))
          .append(",2,045,single,k%d\n".formatted((i * 7) % FAMILIES));
    }
    Response taken = client.csv("", rows.toString());
    assertEquals(202, taken.statusCode(), taken.asString());
    long cut = 0;
    for (int i = 0; i < 40; i++) {
      cut += number(CUT);
      Thread.sleep(40);
    }
    JsonNode view = client.ended(taken);
    assertEquals("finished", view.path("state").asText(), view.toString());
    assertEquals(2 * FAMILIES, view.path("accepted").asInt(), view.toString());
    assertTrue(cut > 0, "nothing was cut off");
    String ofThis =
        " from vital_event where document #>> '{circumstances,document,number}' like 'import/"
            + view.path("id").asText()
            + "/%'";
    assertEquals(2 * FAMILIES, number("select count(*)" + ofThis));
    assertEquals(
        2 * FAMILIES,
        number("select count(distinct document #>> '{circumstances,document,number}')" + ofThis));
    assertEquals(
        2 * FAMILIES,
        number("select count(*) from person where person_id in (select persons[1]" + ofThis + ")"));
    assertEquals(
        2 * FAMILIES,
        number(
            "select count(*) from identifier where person_id in (select persons[1]"
                + ofThis
                + ")"));
    assertEquals(
        3 * FAMILIES,
        number(
            "select count(*) from person_event where person_id in (select persons[1]"
                + ofThis
                + ")"));
  }

  @Test
  void whatIsCancelledStaysAndTheRestIsNamed() {
    StringBuilder rows =
        new StringBuilder("family_name,given_name,date_of_birth,sex,place_of_birth_registration\n");
    int all = 20_000;
    for (int i = 0; i < all; i++) {
      rows.append(ImportClient.somebody("Khiếu ", i, 1960)).append(",1,045\n");
    }
    Response taken = client.csv("", rows.toString());
    JsonNode view =
        ImportClient.json(client.post(taken.header("Location") + "/cancellation").asString());
    assertEquals("cancelled", view.path("state").asText());
    long stored =
        number(
            "select count(*) from vital_event where document #>>"
                + " '{circumstances,document,number}' like 'import/"
                + view.path("id").asText()
                + "/%'");
    assertEquals(stored, view.path("accepted").asLong());
    assertTrue(stored < all, "it was too late to cancel");
    assertEquals((all - stored) / 1000, client.problems(view).size());
    assertEquals(
        0,
        number(
            "select count(*) from bulk_chunk where content is not null and import_id = '"
                + view.path("id").asText()
                + "'"));
  }

  private long number(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
