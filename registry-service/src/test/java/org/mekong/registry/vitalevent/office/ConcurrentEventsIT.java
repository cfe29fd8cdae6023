package org.mekong.registry.vitalevent.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** Many registrars at once: nothing is lost, done twice or done by halves. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ConcurrentEventsIT {

  private static final String CIRCUMSTANCES =
      """
      "circumstances":{"occurredOn":"%s","office":"o-1","registrar":"r-1",
       "document":{"kind":"certificate","number":"1"}}""";

  TestSetting setting;
  @Inject DataSource database;
  @Inject Timelines timelines;
  @Inject People people;
  private RegistryClient client;
  private String token = "";

  @BeforeEach
  void connect() {
    client = new RegistryClient(setting);
    token = client.token("person.write", List.of());
  }

  @Test
  void whoeverIsMarriedByManyAtOnceIsMarriedOnce() throws Exception {
    UUID hoa = settle(Sex.FEMALE);
    List<UUID> men = IntStream.range(0, 8).mapToObj(i -> settle(Sex.MALE)).toList();

    List<Response> answers =
        atOnce(men.stream().map(man -> call(marriage(hoa, man, "2010-01-01"))).toList());

    assertEquals(1, answers.stream().filter(a -> a.statusCode() == 201).count());
    for (Response answer : answers) {
      if (answer.statusCode() != 201) {
        assertEquals(409, answer.statusCode(), answer.asString());
        assertEquals("event/married-once", answer.path("rule"));
        assertEquals("spouses[0]", answer.path("violations[0].field"));
      }
    }
    long husbands =
        men.stream()
            .filter(man -> person(man).particulars().maritalStatus().code().equals("married"))
            .count();
    assertEquals(1, husbands);
  }

  @Test
  void eventsOnOnePersonComeOneAfterTheOther() throws Exception {
    UUID hoa = settle(Sex.FEMALE);
    List<Callable<Response>> changes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      changes.add(
          call(
              """
              {"type":"residence_change","persons":[{"personId":"%s"}],"kind":"permanent",
               "to":{"province":"44"},%s}"""
                  .formatted(hoa, CIRCUMSTANCES.formatted("2010-01-%02d".formatted(i + 1)))));
    }
    List<Integer> versions = new ArrayList<>();
    for (Response answer : atOnce(changes)) {
      assertEquals(201, answer.statusCode(), answer.asString());
      versions.add(answer.path("persons[0].version"));
    }
    assertEquals(
        IntStream.rangeClosed(2, 17).boxed().toList(), versions.stream().sorted().toList());
    sound(hoa);
  }

  @Test
  void spousesWhoDieAtOnceWaitForEachOtherWithoutFailing() throws Exception {
    List<UUID> all = new ArrayList<>();
    List<Callable<Response>> deaths = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      UUID wife = settle(Sex.FEMALE);
      UUID husband = settle(Sex.MALE);
      assertEquals(201, call(marriage(wife, husband, "2010-01-01")).call().statusCode());
      all.addAll(List.of(wife, husband));
      deaths.add(call(death(wife, "2015-01-01")));
      deaths.add(call(death(husband, "2016-01-01")));
    }
    for (Response answer : atOnce(deaths)) {
      assertEquals(201, answer.statusCode(), answer.asString());
    }
    for (UUID person : all) {
      assertEquals("dead", person(person).particulars().lifeStatus().code());
      sound(person);
    }
  }

  @Test
  void whateverHappensAtOnceIsAnsweredAndSound() throws Exception {
    List<UUID> women = IntStream.range(0, 4).mapToObj(i -> settle(Sex.FEMALE)).toList();
    List<UUID> men = IntStream.range(0, 4).mapToObj(i -> settle(Sex.MALE)).toList();
    Random random = new Random(7);
    List<Callable<Response>> calls = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      UUID woman = women.get(random.nextInt(4));
      UUID man = men.get(random.nextInt(4));
      String on = "20%02d-01-01".formatted(8 + random.nextInt(10));
      calls.add(
          switch (random.nextInt(4)) {
            case 0 -> call(marriage(woman, man, on));
            case 1 -> call(marriage(man, woman, on).replace("\"marriage\"", "\"divorce\""));
            case 2 ->
                call(
                    """
                    {"type":"merge","survivor":"%s","duplicate":"%s","confirmed":"alike",%s}"""
                        .formatted(man, men.get(random.nextInt(4)), CIRCUMSTANCES.formatted(on)));
            default -> call(death(random.nextBoolean() ? man : woman, on));
          });
    }
    for (Response answer : atOnce(calls)) {
      assertTrue(
          List.of(201, 400, 409).contains(answer.statusCode()),
          answer.statusCode() + answer.asString());
    }
    for (UUID person : women) {
      sound(person);
    }
    for (UUID person : men) {
      sound(person);
    }
  }

  @Test
  void twoBecomeHeadOfOneHouseholdAndOneDoes() throws Exception {
    UUID household = UUID.randomUUID();
    List<Callable<Response>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(
          call(
              """
              {"type":"household_change","person":"%s",
               "household":{"id":"%s","relationToHead":"head"},%s}"""
                  .formatted(settle(Sex.MALE), household, CIRCUMSTANCES.formatted("2010-01-01"))));
    }
    List<Response> answers = atOnce(calls);
    assertEquals(1, answers.stream().filter(a -> a.statusCode() == 201).count());
    answers.stream()
        .filter(a -> a.statusCode() != 201)
        .forEach(a -> assertEquals("one-head", a.path("rule"), a.asString()));
  }

  @Test
  void anOlderNumberBelongsToOnePerson() throws Exception {
    String number = "%09d".formatted(new Random().nextInt(1_000_000_000));
    String body =
        """
        {"names":[{"family":"Lê","given":"Long"}],"dateOfBirth":"1990","sex":1,
         "placeOfBirthRegistration":"001","earlierNumbers":["%s"]}"""
            .formatted(number);
    List<Callable<Response>> calls =
        IntStream.range(0, 6)
            .mapToObj(i -> (Callable<Response>) () -> client.register(body))
            .toList();
    List<Response> answers = atOnce(calls);
    assertEquals(1, answers.stream().filter(a -> a.statusCode() == 201).count());
    for (Response answer : answers) {
      if (answer.statusCode() != 201) {
        assertEquals(409, answer.statusCode(), answer.asString());
        assertEquals("event/number-free", answer.path("rule"));
        assertEquals("earlierNumbers[0]", answer.path("violations[0].field"));
        assertTrue(!answer.asString().contains(number), "the number is told to nobody");
      }
    }
  }

  @Test
  void anEventThatCannotBeWrittenWholeIsNotWritten() throws Exception {
    UUID hoa = settle(Sex.FEMALE);
    UUID nam = settle(Sex.MALE);
    String key = UUID.randomUUID().toString();
    String marriage = marriage(hoa, nam, "2010-01-01");
    long before = rows();
    execute("alter table vital_event rename to vital_event_away");
    try {
      assertEquals(500, send(marriage, key).statusCode());
    } finally {
      execute("alter table vital_event_away rename to vital_event");
    }
    assertEquals(before, rows());
    assertEquals("single", person(hoa).particulars().maritalStatus().code());
    assertEquals(201, send(marriage, key).statusCode());
    assertEquals(201, send(marriage, key).statusCode(), "the first outcome again");
    assertEquals(2, timelines(hoa).size());
  }

  @Test
  void atTrialNothingIsWritten() throws Exception {
    UUID hoa = settle(Sex.FEMALE);
    UUID nam = settle(Sex.MALE);
    long before = rows();
    String path = "/v1/events?dryRun=true";
    Response tried =
        client.as(token, "POST", path).body(marriage(hoa, nam, "2010-01-01")).post(path);
    assertEquals(200, tried.statusCode(), tried.asString());
    assertEquals(2, tried.<Integer>path("persons[0].version"));
    assertEquals(before, rows());
  }

  private static String marriage(UUID one, UUID other, String on) {
    return """
    {"type":"marriage","spouses":[{"personId":"%s"},{"personId":"%s"}],%s}"""
        .formatted(one, other, CIRCUMSTANCES.formatted(on));
  }

  private static String death(UUID person, String on) {
    return """
    {"type":"death","deceased":"%s",%s}"""
        .formatted(person, CIRCUMSTANCES.formatted(on));
  }

  private UUID settle(Sex sex) {
    UUID id = UUID.randomUUID();
    new Settlers(database, timelines).enter(id, sex, "1985-01-01");
    return id;
  }

  private Callable<Response> call(String body) {
    return () -> send(body, UUID.randomUUID().toString());
  }

  private Response send(String body, String key) {
    return client
        .as(token, "POST", "/v1/events")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/v1/events");
  }

  private static List<Response> atOnce(List<Callable<Response>> calls) throws Exception {
    List<Callable<Response>> shuffled = new ArrayList<>(calls);
    Collections.shuffle(shuffled, new Random(3));
    CountDownLatch start = new CountDownLatch(1);
    List<Response> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Future<Response>> futures =
          shuffled.stream()
              .map(
                  call ->
                      threads.submit(
                          () -> {
                            start.await();
                            return call.call();
                          }))
              .toList();
      start.countDown();
      for (Future<Response> future : futures) {
        answers.add(future.get());
      }
    }
    return answers;
  }

  /** No gap in the versions, and the stored person is the replay of the stored entries. */
  private void sound(UUID id) throws Exception {
    List<Timeline.Entry> entries = timelines(id);
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(i + 1, entries.get(i).seq());
    }
    assertEquals(Timeline.of(entries).latest().orElseThrow().person(), person(id));
  }

  private List<Timeline.Entry> timelines(UUID id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return timelines.entries(connection, id);
    }
  }

  private Person person(UUID id) {
    try (Connection connection = database.getConnection()) {
      return people.find(connection, new People.Key.ById(id)).orElseThrow();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long rows() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from person_event) + (select count(*) from vital_event)"
                    + " + (select count(*) from operation) + (select sum(version) from person)")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String change) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }
  }
}
