package org.mekong.registry.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.Relay;
import org.mekong.registry.testing.OverAWire;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.testing.Wire;

/**
 * The database has no room, ends a connection or is not there: whoever writes is asked to come
 * back, whatever they write.
 */
@QuarkusTest
@TestProfile(OverAWire.class)
class DatabaseAwayIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITING = Set.of("post", "put", "patch", "delete");

  private static final String DISK_FULL =
      "raise exception 'no space left on device' using errcode = '53100'";
  private static final String ENDED = "perform pg_terminate_backend(pg_backend_pid())";

  /** Where proofs are spent, without which no operation begins. */
  private static final String PROOFS = "single_use";

  private static final int FURTHEST_CUT = 12;
  private static final int LEAST_THAT_WRITE = 20;
  private static final String PERSON =
      """
      {"names":[{"family":"Trần","given":"Đầy"}],"dateOfBirth":"1990","sex":1,
       "placeOfBirthRegistration":"001"}""";

  private record Operation(String method, String path, String body) {}

  TestSetting setting;
  Relay relay;
  @Inject DataSource database;
  private RegistryClient client;
  private Wire wire;
  private String token = "";

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
    wire = new Wire(setting, client);
    token =
        client.token(
            "person.read person.write registry.admin duplicate.review feed.read register.export"
                + " register.import",
            List.of(
                RegistryClient.grant("civil-registration", "read", "names"),
                RegistryClient.grant("civil-registration", "verify", "names"),
                RegistryClient.grant("civil-registration", "search", "names"),
                RegistryClient.grant("civil-registration", "match", "names")));
  }

  @AfterEach
  void mend() throws SQLException {
    relay.mend();
    everyTable("drop trigger if exists away on %s");
  }

  @Test
  void whereTheDiskIsFullNobodyIsRegisteredAndTheKeyStaysFree() throws Exception {
    String key = UUID.randomUUID().toString();
    fails(DISK_FULL);

    Response answer = client.register(PERSON, key);

    assertEquals(503, answer.statusCode(), answer.asString());
    assertEquals("application/problem+json", answer.contentType());
    assertEquals("urn:mekong:problem:unavailable", answer.path("type"));
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
    assertFalse(String.valueOf(answer.<Object>path("action")).isBlank());
    assertFalse(answer.asString().contains("space left"), "says nothing of the machine");
    mend();
    assertEquals(201, client.register(PERSON, key).statusCode());
  }

  @Test
  void whereTheServerEndsTheConnectionTheRequestIsToComeAgain() throws Exception {
    String key = UUID.randomUUID().toString();
    fails(ENDED);

    assertEquals(503, client.register(PERSON, key).statusCode());

    mend();
    registered(key);
  }

  @Test
  void whatIsWrongInTheDatabaseItselfIsNoReasonToComeAgain() throws Exception {
    fails("raise exception 'a bug' using errcode = '23514'");

    assertEquals(500, client.register(PERSON, UUID.randomUUID().toString()).statusCode());
  }

  @Test
  void everyWriteIsToComeAgainWhereTheDiskIsFull() throws Exception {
    fails(DISK_FULL);
    everyWriteIsToComeAgain();
  }

  @Test
  void everyWriteIsToComeAgainWhereTheServerEndsTheConnection() throws Exception {
    fails(ENDED);
    everyWriteIsToComeAgain();
  }

  /** Some refuse the example for what it is, before they write. */
  private void everyWriteIsToComeAgain() throws Exception {
    int away = 0;
    for (Operation operation : operations()) {
      Wire.Answer answer = send(operation);
      assertTrue(answer.status() < 500 || answer.status() == 503, operation + " " + answer);
      away += answer.status() == 503 ? 1 : 0;
    }
    assertTrue(away >= LEAST_THAT_WRITE, away + " operations were to come again");
  }

  @Test
  void aRegistrationIsDoneOnceWhereverTheDatabaseIsCut() throws Exception {
    int cuts = 0;
    for (int cut = 0; cut < FURTHEST_CUT; cut++) {
      String key = UUID.randomUUID().toString();
      relay.cutAfter(cut);
      Response answer = client.register(PERSON, key);
      cuts += relay.mend() ? 1 : 0;
      assertTrue(Set.of(201, 503).contains(answer.statusCode()), cut + " " + answer.asString());
      String person = registered(key).path("id");
      assertEquals(person, registered(key).path("id"), "cut after " + cut);
    }
    assertTrue(cuts > 4, "cut " + cuts + " times");
  }

  @Test
  void aPoolWithoutAConnectionIsTheDatabaseAway() throws Exception {
    List<Connection> all = new ArrayList<>();
    try {
      SQLException none =
          assertThrows(
              SQLException.class,
              () -> {
                while (true) {
                  all.add(database.getConnection());
                }
              });
      assertTrue(DatabaseAway.isCauseOf(new IllegalStateException(none)), none.toString());
    } finally {
      for (Connection each : all) {
        each.close();
      }
    }
  }

  private Response registered(String key) {
    Response answer = client.register(PERSON, key);
    for (int i = 0; i < 20 && answer.statusCode() == 503; i++) {
      answer = client.register(PERSON, key); // the pool has one dead connection less
    }
    assertEquals(201, answer.statusCode(), answer.asString());
    return answer;
  }

  private Wire.Answer send(Operation operation) {
    Map<String, String> headers =
        Map.of("Idempotency-Key", UUID.randomUUID().toString(), "If-Match", "\"1\"");
    Wire.Answer answer =
        operation.body().contains("\"requester\"")
            ? wire.sendAsGateway(operation.method(), operation.path(), headers, operation.body())
            : wire.send(token, operation.method(), operation.path(), headers, operation.body());
    if (answer.status() == 503) {
      assertEquals("application/problem+json", answer.type(), operation.toString());
    }
    return answer;
  }

  /** Every operation that writes, with its first example. */
  private List<Operation> operations() throws Exception {
    JsonNode paths =
        JSON.readTree(client.open().get("/q/openapi?format=json").asString()).path("paths");
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      String url = path.getKey().replaceAll("\\{[A-Za-z]+[^}]*}", UUID.randomUUID().toString());
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (WRITING.contains(operation.getKey())) {
          String method = operation.getKey().toUpperCase(Locale.ROOT);
          operations.add(new Operation(method, url, example(operation.getValue())));
        }
      }
    }
    return operations;
  }

  private static String example(JsonNode operation) {
    for (JsonNode example : operation.at("/requestBody/content/application~1json/examples")) {
      JsonNode value = example.path("value");
      return value.isTextual() ? value.asText() : value.toString();
    }
    return "";
  }

  /** Whatever is written fails, but for the use of a proof. */
  private void fails(String how) throws SQLException {
    sql(
        """
        create or replace function away() returns trigger language plpgsql as
        $$begin %s; return null; end$$"""
            .formatted(how));
    everyTable(
        "create or replace trigger away before insert or update or delete on %s"
            + " for each statement execute function away()");
  }

  private void everyTable(String statement) throws SQLException {
    sql(
        """
        do $$declare t text; begin
          for t in select format('%%I', relname) from pg_class
              where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                and not relispartition and relname <> '%s'
          loop execute format('%s', t); end loop;
        end$$"""
            .formatted(PROOFS, statement));
  }

  /** Past the wire. */
  private void sql(String statement) throws SQLException {
    DataSource direct = EmbeddedDatabase.shared().dataSource(setting.database());
    try (Connection connection = direct.getConnection();
        Statement execute = connection.createStatement()) {
      execute.execute(statement);
    }
  }
}
