package org.mekong.registry.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.verify.TlogProof;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Requester;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** Looks by key share a transaction, and each is answered and recorded as if it were alone. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class SharedLookIT {

  private static final int AT_ONCE = 24;
  private static final String QUERY = "?purpose=civil-registration&fields=names";

  TestSetting setting;
  @Inject DataSource database;
  @Inject DisclosureDesk desk;

  private RegistryClient client;
  private String token = "";
  private UUID person = new UUID(0, 0);

  @BeforeEach
  void register() throws Exception {
    client = new RegistryClient(setting);
    token =
        client.token(
            "person.read", List.of(RegistryClient.grant("civil-registration", "read", "names")));
    String registered =
        client
            .register(
                """
                {"names":[{"family":"Phan","middle":"Lệ","given":"Thuỷ"}],
                 "dateOfBirth":"1951-11-%02d","sex":2,"placeOfBirthRegistration":"045"}
                """
                    .formatted(1 + (int) (Math.random() * 28)))
            .then()
            .statusCode(201)
            .extract()
            .asString();
    person = UUID.fromString(new ObjectMapper().readTree(registered).path("id").asText());
  }

  @Test
  void eachLookOfManyHasItsOwnEntryOfItsOwnRequest() throws Exception {
    String path = "/v1/persons/" + person;
    List<Callable<Response>> calls = new ArrayList<>();
    Set<String> requests = new HashSet<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String request = UUID.randomUUID().toString();
      requests.add(request);
      RequestSpecification call = client.as(token, "GET", path).header("X-Request-Id", request);
      calls.add(() -> call.get(path + QUERY));
    }

    Set<String> recorded = new HashSet<>();
    for (Response answer : atOnce(calls)) {
      assertEquals(200, answer.statusCode(), answer.asString());
      JsonNode body = new ObjectMapper().readTree(answer.asString());
      byte[] entry = TlogProof.parse(body.path("receipt").asText()).extra().orElseThrow();
      JsonNode written = new ObjectMapper().readTree(new String(entry, StandardCharsets.UTF_8));
      assertEquals(answer.header("X-Request-Id"), written.path("request_id").asText());
      recorded.add(written.path("request_id").asText());
    }

    assertEquals(requests, recorded);
    assertEquals(AT_ONCE, disclosures());
  }

  @Test
  void ofOneProofSentManyTimesAtOnceOneIsAnsweredAndOneRecorded() throws Exception {
    String path = "/v1/persons/" + person;
    String proof = client.dpop().proof("GET", URI.create(setting.url() + path), token);
    List<Callable<Response>> calls = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      RequestSpecification call =
          client.open().header("Authorization", "DPoP " + token).header("DPoP", proof);
      calls.add(() -> call.get(path + QUERY));
    }

    List<Response> answers = atOnce(calls);

    assertEquals(1, answers.stream().filter(answer -> answer.statusCode() == 200).count());
    for (Response answer : answers) {
      if (answer.statusCode() != 200) {
        assertEquals(401, answer.statusCode(), answer.asString());
        assertEquals("proof-replayed", answer.path("rule"));
      }
    }
    assertEquals(1, disclosures());
  }

  @Test
  void aRefusalSpendsTheProofToo() {
    String unknown = "/v1/persons/" + UUID.randomUUID();
    RequestSpecification absent = client.as(token, "GET", unknown);
    assertEquals(404, absent.get(unknown + QUERY).statusCode());
    assertEquals("proof-replayed", absent.get(unknown + QUERY).path("rule"));

    String path = "/v1/persons/" + person;
    RequestSpecification refused = client.as(token, "GET", path);
    assertEquals(403, refused.get(path + "?purpose=marriage&fields=names").statusCode());
    Response again = refused.get(path + QUERY);
    assertEquals(401, again.statusCode(), again.asString());
    assertEquals("proof-replayed", again.path("rule"));
  }

  @Test
  void aLookThatBreaksTheTransactionTakesNobodyWithIt() throws Exception {
    List<Callable<String>> looks = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      boolean broken = i % 6 == 5;
      looks.add(() -> look(broken));
    }

    List<String> outcomes = atOnce(looks);

    assertEquals(4, outcomes.stream().filter("503"::equals).count(), outcomes.toString());
    assertEquals(20, outcomes.stream().filter("given"::equals).count(), outcomes.toString());
    assertEquals(20, disclosures());
  }

  @ActivateRequestContext
  String look(boolean broken) {
    Enquiry enquiry =
        new Enquiry(
            Kind.READ,
            "civil-registration",
            new Requester(UUID.randomUUID().toString(), "VN", "a", null, null, null),
            List.of("names"));
    People.Key key = new People.Key.ById(person);
    try {
      return desk.giveByKey(
              enquiry,
              Set.of(key),
              (transaction, persons) -> {
                if (broken) {
                  breakIt(transaction);
                }
                assertTrue(persons.containsKey(key));
                return new Finding<>("given", true, List.of(person));
              })
          .answer();
    } catch (HttpProblem refused) {
      return Integer.toString(refused.getStatusCode());
    }
  }

  private static void breakIt(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("select 1 / 0");
    }
  }

  private long disclosures() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select count(*) from disclosure where person_id = ?")) {
      select.setObject(1, person);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CountDownLatch ready = new CountDownLatch(calls.size());
    List<Future<T>> futures = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return call.call();
                }));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }
}
