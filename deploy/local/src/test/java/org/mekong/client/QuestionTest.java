package org.mekong.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @Test
  void statementsAreReadAsUsersTypeThem() {
    assertEquals(new Question.Predicate("alive", Map.of()), Question.Predicate.parse("alive"));
    assertEquals(
        new Question.Predicate("age_over", Map.of("years", 18)),
        Question.Predicate.parse("age_over=18"));
    assertEquals(
        new Question.Predicate("resident_of", Map.of("province", "LA-SV")),
        Question.Predicate.parse("resident_of=LA-SV"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"age_over=", "age_over=eighteen", "age_over=99999999999", "alive=yes"})
  void aStatementThatCannotBeReadIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Question.Predicate.parse(text));
  }

  @Test
  void aQuestionAsksForStatementsOrForFieldsNeverBothOrNeither() {
    Question.Predicate alive = new Question.Predicate("alive", Map.of());

    assertEquals("verify", question(List.of(alive), List.of()).kind());
    assertEquals("read", question(List.of(), List.of("names")).kind());
    assertThrows(IllegalArgumentException.class, () -> question(List.of(alive), List.of("names")));
    assertThrows(IllegalArgumentException.class, () -> question(List.of(), List.of()));
  }

  private static Question question(List<Question.Predicate> predicates, List<String> fields) {
    return new Question("LA", "marriage", "1", predicates, fields, "officer");
  }

  @Test
  void whatOneAsksByIsGrantedLikeWhatOneAsksFor() throws Exception {
    JsonNode known =
        new ObjectMapper()
            .readTree("{\"names\": {\"given\": \"Bouavone\"}, \"dateOfBirth\": \"1999-04-14\"}");

    Question match = Question.match("LA", "border-resident", known, List.of(), "officer");

    assertEquals(
        List.of("names", "date_of_birth"),
        match.authorizationDetail().getStringListField("fields"));
    assertFalse(match.body().containsKey("subject"));
    assertFalse(match.toString().contains("Bouavone"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Question.search("LA", "border-resident", known, List.of(), "officer"));
  }
}
