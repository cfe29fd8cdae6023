package org.mekong.registry.matching.merge;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.registry.matching.merge.Town.made;
import static org.mekong.registry.matching.merge.Town.relatives;
import static org.mekong.registry.matching.merge.Town.spouses;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.matching.merge.Town.Citizen;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** A merge brings two records together, and a split puts everything back. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class MergeIT {

  private static final String MERGED = "2025-06-01";
  private static final String SPLIT = "2025-09-01";

  TestSetting setting;
  @Inject DataSource database;

  private Town town;
  private Citizen mother;
  private Citizen father;
  private Citizen spouse;
  private Citizen survivor;
  private Citizen duplicate;
  private Citizen child;

  /** The survivor knows the mother, the duplicate mother and father, a spouse and a child. */
  @BeforeEach
  void settle() {
    town = new Town(new RegistryClient(setting), database);
    mother = town.enter("Lê Hạnh", 2, "1950-02-03");
    father = town.enter("Vũ Tâm", 1, "1948-02-03");
    spouse = town.enter("Đỗ Sơn", 1, "1974-05-06");
    survivor = town.enter("Vũ Hoài", 2, "1975-03-04", relatives("mother", mother.id()));
    duplicate =
        town.enter(
            "Vũ Hoai", 2, "1975-03-04", relatives("mother", mother.id(), "father", father.id()));
    town.marry(duplicate, spouse, "2000-01-01");
    child =
        town.enter(
            "Đỗ An", 1, "2002-07-08", relatives("mother", duplicate.id(), "father", spouse.id()));
  }

  @Test
  void numbersAndRelativesComeToTheSurvivor() {
    made(town.merge(survivor, duplicate, MERGED, ""));

    JsonNode one = town.document(survivor);
    assertEquals("married", one.at("/particulars/maritalStatus").asText());
    assertEquals(duplicate.number(), one.at("/earlierNumbers/0").asText());
    assertEquals(
        List.of(
            "child " + child.id(),
            "father " + father.id(),
            "mother " + mother.id(),
            "spouse " + spouse.id()),
        relativesOf(survivor));
    assertEquals(List.of("child " + survivor.id()), relativesOf(mother), "one child, not two");
    assertEquals(List.of("child " + survivor.id()), relativesOf(father));
    assertTrue(relativesOf(spouse).contains("spouse " + survivor.id()));
    assertTrue(relativesOf(child).contains("mother " + survivor.id()));
    assertEquals(List.of(), relativesOf(duplicate));

    assertEquals("Hoài", given(town.byNumber(duplicate, "")));
    assertEquals(survivor.id(), town.byId(duplicate, "").path("mergedInto").asText());
    assertEquals(List.of(), town.keys(duplicate), "no blocking key is left");
    assertEquals(List.of(), town.names(duplicate), "search finds the survivor alone");
    for (Citizen citizen : List.of(survivor, duplicate)) {
      assertTrue(
          town.events(citizen).toString().contains("\"merge\""), "both timelines stay readable");
    }
  }

  @Test
  void aSplitPutsEverythingBack() {
    Citizen[] all = {mother, father, spouse, survivor, duplicate, child};
    Map<String, String> before = town.state(all);
    String merge = made(town.merge(survivor, duplicate, MERGED, ""));
    assertEquals(survivor.id(), town.document(duplicate).path("mergedInto").asText());
    made(town.split(merge, SPLIT));
    assertEquals(before, town.state(all));
    town.split(merge, SPLIT).then().statusCode(409).body("rule", equalTo("event/stands"));
    String again = made(town.merge(duplicate, survivor, SPLIT, ""));
    assertEquals(duplicate.id(), town.document(survivor).path("mergedInto").asText());
    made(town.split(again, SPLIT));
    assertEquals(before, town.state(all));
  }

  @Test
  void whatHappenedToTheSurvivorSinceStaysWithThem() {
    String merge = made(town.merge(survivor, duplicate, MERGED, ""));
    made(
        town.event(
            "residence_change",
            "2025-07-01",
            "\"persons\":[{\"personId\":\"%s\"}],\"kind\":\"permanent\",\"to\":{\"province\":\"44\"}"
                .formatted(survivor.id())));
    Citizen born = town.enter("Đỗ Bình", 2, "2025-07-15", relatives("mother", survivor.id()));
    made(town.split(merge, SPLIT));

    assertEquals(
        "44", town.document(survivor).at("/particulars/residences/0/place/province").asText());
    assertEquals(0, town.document(duplicate).at("/particulars/residences").size());
    assertEquals(List.of("child " + born.id(), "mother " + mother.id()), relativesOf(survivor));
    assertTrue(relativesOf(duplicate).contains("spouse " + spouse.id()));
  }

  @Test
  void whoWasWidowedByTheMergeAloneIsNotAndTheOtherIs() {
    String merge = made(town.merge(survivor, duplicate, MERGED, ""));
    made(
        town.event(
            "death",
            "2025-07-20",
            "\"deceased\":\"%s\",\"cause\":\"I21.9\"".formatted(spouse.id())));
    assertEquals("widowed", marital(survivor));
    made(town.split(merge, SPLIT));
    assertEquals("widowed", marital(duplicate), "the spouse was the duplicate's");
    assertEquals("unknown", marital(survivor));
    assertTrue(relativesOf(duplicate).stream().noneMatch(r -> r.startsWith("spouse")));
  }

  @Test
  void aDivorceFromWhomTheDuplicateBroughtGoesBackToTheDuplicate() {
    String merge = made(town.merge(survivor, duplicate, MERGED, ""));
    String divorce = made(town.event("divorce", "2025-07-20", spouses(survivor, spouse)));
    Citizen next = town.enter("Lý Khôi", 1, "1970-01-01");
    town.marry(survivor, next, "2025-08-01");
    made(town.split(merge, SPLIT));

    assertEquals("divorced", marital(duplicate));
    assertEquals("divorced", marital(spouse));
    assertEquals("married", marital(survivor));
    assertEquals(List.of("mother " + mother.id(), "spouse " + next.id()), relativesOf(survivor));
    assertTrue(
        town.events(duplicate).toString().contains("\"correction\""),
        "it stands on the right timeline");
    assertTrue(town.annul(divorce).statusCode() == 409, "it was replaced, and by whom is told");
  }

  @Test
  void mergesInAChainAreFoundFromEitherEndAndUndoneInReverse() {
    Citizen third = town.enter("Vũ Hoài", 2, "1975-03-04");
    Citizen[] all = {mother, father, spouse, survivor, duplicate, child, third};
    Map<String, String> before = town.state(all);
    String first = made(town.merge(survivor, duplicate, MERGED, ""));
    Map<String, String> between = town.state(all);
    String second = made(town.merge(third, survivor, "2025-07-01", ""));

    for (Citizen merged : List.of(survivor, duplicate)) {
      assertEquals(third.id(), town.byId(merged, "").path("mergedInto").asText());
      assertEquals("Hoài", given(town.byNumber(merged, "")));
      assertTrue(town.document(third).path("earlierNumbers").toString().contains(merged.number()));
    }
    assertTrue(relativesOf(child).contains("mother " + third.id()));
    town.split(first, SPLIT)
        .then()
        .statusCode(409)
        .body("rule", equalTo("event/not-merged"))
        .body("detail", containsString(third.id()));
    made(town.split(second, SPLIT));
    assertEquals(between, town.state(all));
    made(town.split(first, SPLIT));
    assertEquals(before, town.state(all));
  }

  @Test
  void anotherMotherNeedsAReasonAndTheSurvivorsStays() {
    Citizen other = town.enter("Trịnh Nga", 2, "1951-01-01");
    Citizen twin = town.enter("Vũ Hoài", 2, "1975-03-04", relatives("mother", other.id()));
    Citizen[] all = {mother, other, survivor, twin};
    Map<String, String> before = town.state(all);
    town.merge(survivor, twin, MERGED, "")
        .then()
        .statusCode(400)
        .body("violations.rule", hasItem("merge-contradiction"));
    String merge =
        made(
            town.merge(survivor, twin, MERGED, ",\"confirmed\":\"The second mother adopted her\""));
    assertEquals(List.of("mother " + mother.id()), relativesOf(survivor));
    assertEquals(List.of(), relativesOf(other));
    made(town.split(merge, SPLIT));
    assertEquals(before, town.state(all));
  }

  @Test
  void whoIsMarriedToTwoIsNotOne() {
    Citizen husband = town.enter("Tạ Lộc", 1, "1970-01-01");
    town.marry(survivor, husband, "2001-01-01");
    town.merge(survivor, duplicate, MERGED, "")
        .then()
        .statusCode(400)
        .body("violations.rule", hasItem("married-once"));
    town.merge(survivor, mother, MERGED, ",\"confirmed\":\"alike\"")
        .then()
        .statusCode(400)
        .body("violations.rule", hasItem("not-relatives"));
  }

  @Test
  void nothingBefallsADuplicateAnyMore() {
    made(town.merge(survivor, duplicate, MERGED, ""));
    for (String day : List.of("2010-01-01", "2025-07-01")) {
      town.event(
              "name_change",
              day,
              "\"person\":\"%s\",\"names\":[{\"family\":\"Vũ\",\"given\":\"Lan\"}]"
                  .formatted(duplicate.id()))
          .then()
          .statusCode(400)
          .body("violations.rule", hasItem("not-merged"))
          .body("violations.detail", hasItem(containsString(survivor.id())));
    }
  }

  @Test
  void bothTimesOfHistoryTellWhoStoodWhere() throws InterruptedException {
    Instant apart = instant();
    String merge = made(town.merge(survivor, duplicate, MERGED, ""));
    Instant together = instant();

    assertEquals("Hoai", given(town.byId(duplicate, "&asOf=2025-05-31")));
    assertEquals(
        survivor.id(), town.byId(duplicate, "&asOf=" + MERGED).path("mergedInto").asText());
    assertEquals("Hoai", given(town.byId(duplicate, "&knownAt=" + apart)));
    assertEquals("Hoai", given(town.byNumber(duplicate, ",\"knownAt\":\"" + apart + "\"")));
    assertEquals("Hoài", given(town.byNumber(duplicate, ",\"asOf\":\"" + MERGED + "\"")));

    made(town.split(merge, SPLIT));
    assertEquals("Hoai", given(town.byId(duplicate, "")));
    assertEquals("Hoai", given(town.byNumber(duplicate, "")));
    assertEquals("Hoai", given(town.byId(duplicate, "&asOf=2025-07-01")));
    assertEquals(
        survivor.id(), town.byId(duplicate, "&knownAt=" + together).path("mergedInto").asText());
    assertEquals(
        duplicate.number(),
        town.byId(survivor, "&knownAt=" + together).at("/earlierNumbers/0").asText());
    assertTrue(town.byId(survivor, "").at("/earlierNumbers").isMissingNode());
  }

  /** An instant between what was and what will be recorded. */
  private static Instant instant() throws InterruptedException {
    Thread.sleep(5);
    Instant now = Instant.now();
    Thread.sleep(5);
    return now;
  }

  private static String given(JsonNode answer) {
    JsonNode person = answer.has("person") ? answer.path("person") : answer;
    return person.at("/names/0/given").asText();
  }

  private String marital(Citizen citizen) {
    return town.document(citizen).at("/particulars/maritalStatus").asText();
  }

  private List<String> relativesOf(Citizen citizen) {
    List<String> relatives = new ArrayList<>();
    for (JsonNode relative : town.document(citizen).at("/particulars/relationships")) {
      relatives.add(relative.path("kind").asText() + " " + relative.path("personId").asText());
    }
    return relatives.stream().sorted().toList();
  }
}
