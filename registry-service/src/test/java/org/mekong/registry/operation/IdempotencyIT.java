package org.mekong.registry.operation;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
}
