package org.mekong.registry.bulk.job;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

/** Files whose form does not hold: each is told where, and leaves nothing. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class BadFileIT {

  private static final String HEADER =
      "family_name,given_name,date_of_birth,sex,place_of_birth_registration\n";
  private static final String ROW = "Ông,An,1980-02-03,1,045\n";

  TestSetting setting;
  @Inject DataSource database;
  private ImportClient client;

  @BeforeEach
  void connect() {
    client = new ImportClient(setting);
  }

  @Test
  void refusesOtherEncodings() {
    refused("file", "encoding", csv(HEADER + ROW, StandardCharsets.UTF_16));
    refused("header", "nul", csv(HEADER + ROW, StandardCharsets.UTF_16LE));
    refused("row 1", "encoding", csv(HEADER + ROW, StandardCharsets.ISO_8859_1));
    client
        .send(
            "text/csv; charset=iso-8859-1",
            "",
            (HEADER + ROW).getBytes(StandardCharsets.ISO_8859_1))
        .then()
        .statusCode(415);
  }

  @Test
  void refusesAQuoteThatNeverEndsAfterManyGoodRows() {
    refused(
        "row 5001",
        "quote",
        client.csv("", HEADER + ROW.repeat(5000) + "\"Ông,An,1980\n" + ROW.repeat(5000)));
  }

  @Test
  void refusesAMillionColumnsALongLineAndNul() {
    refused("header", "row-length", client.csv("", "a,".repeat(1_000_000) + "\n"));
    refused("row 1", "row-length", client.csv("", HEADER + ",".repeat(1_000_000) + "\n"));
    refused("row 1", "row-length", client.ndjson("", "x".repeat(10 << 20) + "\n"));
    refused("row 1", "nul", client.csv("", HEADER + "Ông,A\0n,1980-02-03,1,045\n"));
  }

  @Test
  void refusesHeadersThatLackRepeatOrInventColumns() {
    refused("given_name", "required", client.csv("", HEADER.replace("given_name,", "") + ROW));
    refused("sex", "unique", client.csv("", HEADER.replace("family_name", "sex") + ROW));
    refused("column 1", "known-column", client.csv("", HEADER.replace("family_name", "x") + ROW));
    refused("column 1", "known-column", client.csv("", ROW + ROW));
  }

  @Test
  void refusesFilesWithoutRows() {
    refused("file", "not-empty", client.csv("", ""));
    refused("file", "not-empty", client.csv("", HEADER));
    refused("file", "not-empty", client.csv("", "\uFEFF" + HEADER + "\r\n\r\n"));
    refused("file", "not-empty", client.ndjson("", "\n\n"));
  }

  @Test
  void takesAByteOrderMarkAndWindowsLineEnds() {
    JsonNode view = client.ended(client.csv("", "\uFEFF" + (HEADER + ROW).replace("\n", "\r\n")));
    assertEquals(1, view.path("accepted").asInt(), client.problems(view).toString());
  }

  @Test
  void refusesParametersAndTypesThatItDoesNotKnow() {
    client.csv("?dryRun=maybe", HEADER + ROW).then().statusCode(400);
    client.csv("?onProblem=ignore", HEADER + ROW).then().statusCode(400);
    client.send("application/json", "", new byte[] {'{', '}'}).then().statusCode(415);
    client.send("text/csv", "", new byte[0]).then().statusCode(400);
  }

  private Response csv(String content, Charset in) {
    return client.send("text/csv; charset=utf-8", "", content.getBytes(in));
  }

  private void refused(String field, String rule, Response response) {
    response
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo(field))
        .body("violations[0].rule", equalTo(rule));
    assertEquals(
        "0",
        text(
            "select (select count(*) from bulk_import where state = 'uploading')"
                + " + (select count(*) from bulk_chunk c where not exists"
                + " (select from bulk_import i where i.import_id = c.import_id))"));
  }

  private String text(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
