package org.mekong.registry.operation;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class IdempotencyIT {

  private static final String PERSON =
      """
      {"names":[{"family":"Lê","given":"%s"}],"dateOfBirth":"1990","sex":1,
       "placeOfBirthRegistration":"001"}""";

  TestSetting setting;
  @Inject OldOperations old;
  @Inject DataSource database;

  @Test
  void simultaneousRepeatsGetTheFirstOutcome() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    String key = UUID.randomUUID().toString();
    List<Future<String>> answers;
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      answers =
          IntStream.range(0, 6)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              client
                                  .register(PERSON.formatted("Long"), key)
                                  .then()
                                  .statusCode(201)
                                  .extract()
                                  .asString()))
              .toList();
    }
    Set<String> outcomes = new HashSet<>();
    for (Future<String> answer : answers) {
      outcomes.add(answer.get());
    }
    assertEquals(1, outcomes.size());

    String path = "/v1/operations/" + key;
    client
        .as(client.token("person.write", List.of()), "GET", path)
        .get(path)
        .then()
        .statusCode(200)
        .body(equalTo(outcomes.iterator().next()));
  }

  @Test
  void aKeyIsNotUsedForTwoRequests() {
    RegistryClient client = new RegistryClient(setting);
    String key = UUID.randomUUID().toString();
    client.register(PERSON.formatted("Long"), key).then().statusCode(201);

    client
        .register(PERSON.formatted("Nam"), key)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:mekong:problem:idempotency-key-reused"));
  }

  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    RegistryClient client = new RegistryClient(setting);
    String key = UUID.randomUUID().toString();
    client.register("{}", key).then().statusCode(400);

    client.register(PERSON.formatted("Long"), key).then().statusCode(201);
  }

  @Test
  void whatIsOlderThanAMonthIsForgottenAndNothingElse() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    String kept = UUID.randomUUID().toString();
    String forgotten = UUID.randomUUID().toString();
    client.register(PERSON.formatted("Long"), kept).then().statusCode(201);
    client.register(PERSON.formatted("Long"), forgotten).then().statusCode(201);
    age(kept, 29);
    age(forgotten, 31);

    old.forget();

    String token = client.token("person.write", List.of());
    client
        .as(token, "GET", "/v1/operations/" + kept)
        .get("/v1/operations/" + kept)
        .then()
        .statusCode(200);
    client
        .as(token, "GET", "/v1/operations/" + forgotten)
        .get("/v1/operations/" + forgotten)
        .then()
        .statusCode(404);
  }

  private void age(String key, int days) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update operation set created_at = now() - make_interval(days => ?)"
                    + " where idempotency_key = ?")) {
      update.setInt(1, days);
      update.setString(2, key);
      assertEquals(1, update.executeUpdate());
    }
  }
}
