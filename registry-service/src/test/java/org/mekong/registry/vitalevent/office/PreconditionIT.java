package org.mekong.registry.vitalevent.office;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** Who decides on what they saw does not overwrite what they did not see. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class PreconditionIT {

  private static final String PERSON =
      """
      {"names":[{"family":"Đinh","given":"Yến"}],"dateOfBirth":"1988","sex":2,
       "placeOfBirthRegistration":"001"}""";
  private static final String RENAMED =
      """
      {"type":"name_change","person":"%s","names":[{"family":"Đinh","given":"%s"}],
       "circumstances":{"occurredOn":"2024-09-09","office":"o-1","registrar":"r-1",
       "document":{"kind":"administrative-decision","number":"1"}}}""";

  TestSetting setting;
  private RegistryClient client;
  private String writer = "";
  private String reader = "";

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
    writer = client.token("person.write", List.of());
    reader =
        client.token(
            "person.read", List.of(RegistryClient.grant("civil-registration", "read", "names")));
  }

  @Test
  void anEventIsRegisteredOnThePersonAsTheyWereSeen() {
    String person = person();
    String seen = tag(person);
    change(person, seen, UUID.randomUUID().toString(), RENAMED.formatted(person, "Yên"))
        .then()
        .statusCode(201)
        .header("Location", containsString("/v1/events/"));
    assertNotEquals(seen, tag(person));
    // and the answer itself has the tag for whoever goes on
    change(person, tag(person), UUID.randomUUID().toString(), RENAMED.formatted(person, "Yến"))
        .then()
        .statusCode(201)
        .body("persons[0].etag", equalTo(tag(person)));
  }

  @Test
  void whatWasRecordedMeanwhileIsNotOverwritten() {
    String person = person();
    String seen = tag(person);
    String key = UUID.randomUUID().toString();
    String first =
        change(person, seen, key, RENAMED.formatted(person, "Yên"))
            .then()
            .statusCode(201)
            .extract()
            .asString();
    String now = tag(person);

    change(person, seen, UUID.randomUUID().toString(), RENAMED.formatted(person, "Oanh"))
        .then()
        .statusCode(412)
        .body("type", equalTo("urn:mekong:problem:precondition-failed"))
        .body("action", containsString("Read it again"));

    assertEquals(now, tag(person));
    // the one who repeats gets the first outcome, though the state is another by now
    assertEquals(
        first,
        change(person, seen, key, RENAMED.formatted(person, "Yên"))
            .then()
            .statusCode(201)
            .extract()
            .asString());
  }

  @Test
  void theStateHasToBeNamed() {
    String person = person();
    change(person, null, UUID.randomUUID().toString(), RENAMED.formatted(person, "Yên"))
        .then()
        .statusCode(428)
        .body("type", equalTo("urn:mekong:problem:precondition-required"));
  }

  @Test
  void onlyAStrongTagOfThisPersonAndStateMatches() {
    String person = person();
    String other = person();
    String seen = tag(person);
    for (String wrong :
        List.of(tag(other), "W/" + seen, seen.replace("\"", ""), "\"\"", ",", "\"1\"")) {
      change(person, wrong, UUID.randomUUID().toString(), RENAMED.formatted(person, "Yên"))
          .then()
          .statusCode(412);
    }
    change(
            person,
            tag(other) + " , " + seen,
            UUID.randomUUID().toString(),
            RENAMED.formatted(person, "Yên"))
        .then()
        .statusCode(201);
  }

  @Test
  void theEventTouchesThePersonItIsRegisteredOn() {
    String person = person();
    String other = person();
    String before = tag(other);
    change(person, tag(person), UUID.randomUUID().toString(), RENAMED.formatted(other, "Yên"))
        .then()
        .statusCode(400)
        .body("violations[0].rule", equalTo("touched"));
    assertEquals(before, tag(other));
  }

  @Test
  void somebodyUnknownIsNotFound() {
    String nobody = UUID.randomUUID().toString();
    change(nobody, "*", UUID.randomUUID().toString(), RENAMED.formatted(nobody, "Yên"))
        .then()
        .statusCode(404);
  }

  @Test
  void ofManyWhoSawTheSameOneSucceeds() throws Exception {
    String person = person();
    String seen = tag(person);
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService clerks = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        String body = RENAMED.formatted(person, "Yến" + "abcdef".charAt(i));
        answers.add(
            clerks.submit(
                () -> change(person, seen, UUID.randomUUID().toString(), body).statusCode()));
      }
    }
    int registered = 0;
    for (Future<Integer> answer : answers) {
      registered += answer.get() == 201 ? 1 : 0;
      assertEquals(true, answer.get() == 201 || answer.get() == 412);
    }
    assertEquals(1, registered);
  }

  private String person() {
    return client.register(PERSON).then().statusCode(201).extract().path("id");
  }

  private String tag(String person) {
    String path = "/v1/persons/" + person + "?purpose=civil-registration&fields=names";
    return client.as(reader, "GET", path).get(path).then().statusCode(200).extract().header("ETag");
  }

  private Response change(String person, @Nullable String seen, String key, String body) {
    String path = "/v1/persons/" + person + "/events";
    RequestSpecification request =
        client.as(writer, "POST", path).header("Idempotency-Key", key).body(body);
    return (seen == null ? request : request.header("If-Match", seen)).post(path);
  }
}
