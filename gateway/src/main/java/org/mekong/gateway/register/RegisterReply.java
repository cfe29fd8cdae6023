package org.mekong.gateway.register;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.message.Finding.Result;
import org.mekong.gateway.message.PredicateAnswer;

/**
 * Reads what the register answered, and takes it only where it holds no more than was asked. Pure.
 */
final class RegisterReply {

  /** What the register calls what would help, by the field that tells of it. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "name", "names",
          "name.middle", "names",
          "dateOfBirth", "date_of_birth",
          "sex", "sex",
          "placeOfBirthRegistration", "place_of_birth_registration",
          "province", "permanent_residence",
          "residence", "permanent_residence",
          "personalNumber", "personal_number");

  private RegisterReply() {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Disclosure(String origin, long index) {
    EntryReference reference() {
      return new EntryReference(origin, index);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Verification(List<PredicateAnswer> answers, Disclosure disclosure) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Reading(
      String outcome, @Nullable Map<String, Object> person, Disclosure disclosure) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Match(
      String outcome,
      @Nullable Somebody match,
      @Nullable List<String> narrowBy,
      Disclosure disclosure) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Search(
      String outcome,
      @Nullable List<Somebody> persons,
      @Nullable List<String> narrowBy,
      @Nullable String next,
      Disclosure disclosure,
      @Nullable List<PersonReceipt> receipts) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Somebody(UUID id, Map<String, Object> person) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record PersonReceipt(UUID id, Disclosure disclosure) {}

  /**
   * What the register said to a request.
   *
   * @throws IOException when it is not JSON as agreed
   * @throws IllegalArgumentException when a member is not as agreed
   * @throws RegisterUnavailable when it is something else than was asked
   */
  static RegisterAnswer read(ExchangeRequest request, byte[] body)
      throws IOException, RegisterUnavailable {
    return switch (request.kind()) {
      case VERIFY -> verified(request, StrictJson.mapper().readValue(body, Verification.class));
      case READ -> reading(request, StrictJson.mapper().readValue(body, Reading.class));
      case MATCH -> matched(request, StrictJson.mapper().readValue(body, Match.class));
      case SEARCH -> found(request, StrictJson.mapper().readValue(body, Search.class));
    };
  }

  private static RegisterAnswer verified(ExchangeRequest request, Verification answer)
      throws RegisterUnavailable {
    require(answer.answers() != null && answer.disclosure() != null);
    List<String> names = answer.answers().stream().map(PredicateAnswer::name).toList();
    if (!names.equals(request.names())) {
      throw new RegisterUnavailable("the register answered other predicates than were asked");
    }
    return new RegisterAnswer.Verified(answer.answers(), answer.disclosure().reference());
  }

  private static RegisterAnswer reading(ExchangeRequest request, Reading answer)
      throws RegisterUnavailable {
    require(answer.disclosure() != null);
    EntryReference disclosure = answer.disclosure().reference();
    return switch (answer.outcome()) {
      case "not_available" -> new RegisterAnswer.Read(null, disclosure);
      case "answered" -> new RegisterAnswer.Read(ofAsked(request, answer.person()), disclosure);
      case null, default -> throw new RegisterUnavailable("the register's outcome is unknown");
    };
  }

  private static RegisterAnswer matched(ExchangeRequest request, Match answer)
      throws RegisterUnavailable {
    require(answer.disclosure() != null);
    EntryReference disclosure = answer.disclosure().reference();
    Result result =
        switch (answer.outcome()) {
          case "matched" -> Result.MATCHED;
          case "no_match" -> Result.NO_MATCH;
          case "ambiguous" -> Result.AMBIGUOUS;
          case "needs_more" -> Result.NEEDS_MORE;
          case null, default -> throw new RegisterUnavailable("the register's outcome is unknown");
        };
    Somebody match = answer.match();
    if (result != Result.MATCHED) {
      require(match == null);
      return nobody(result, answer.narrowBy(), disclosure);
    }
    require(match != null && match.id() != null);
    var person = new Finding.Person(ofAsked(request, match.person()), disclosure);
    return new RegisterAnswer.Found(
        new Finding(result, List.of(person), null, null), List.of(match.id()), disclosure);
  }

  private static RegisterAnswer found(ExchangeRequest request, Search answer)
      throws RegisterUnavailable {
    require(answer.disclosure() != null);
    EntryReference disclosure = answer.disclosure().reference();
    List<Somebody> shown = answer.persons() == null ? List.of() : answer.persons();
    return switch (answer.outcome()) {
      case "needs-more" -> nobody(Result.NEEDS_MORE, answer.narrowBy(), disclosure);
      case "none" -> nobody(Result.NONE, null, disclosure);
      case "found" ->
          shown.isEmpty()
              ? nobody(Result.NONE, null, disclosure) // a page of protected persons alone
              : shown(request, shown, answer, disclosure);
      case null, default -> throw new RegisterUnavailable("the register's outcome is unknown");
    };
  }

  private static RegisterAnswer shown(
      ExchangeRequest request, List<Somebody> shown, Search answer, EntryReference disclosure)
      throws RegisterUnavailable {
    require(answer.receipts() != null);
    List<Finding.Person> persons = new ArrayList<>();
    for (Somebody each : shown) {
      EntryReference own =
          answer.receipts().stream()
              .filter(receipt -> receipt.id().equals(each.id()))
              .map(receipt -> receipt.disclosure().reference())
              .findFirst()
              .orElseThrow(
                  () -> new RegisterUnavailable("the register showed somebody without a trace"));
      persons.add(new Finding.Person(ofAsked(request, each.person()), own));
    }
    Boolean more = answer.next() == null ? null : Boolean.TRUE;
    return new RegisterAnswer.Found(
        new Finding(Result.FOUND, persons, more, null),
        shown.stream().map(Somebody::id).toList(),
        disclosure);
  }

  private static RegisterAnswer nobody(
      Result result, @Nullable List<String> narrowBy, EntryReference disclosure) {
    List<String> fields =
        narrowBy == null
            ? null
            : narrowBy.stream()
                .flatMap(name -> Optional.ofNullable(FIELDS.get(name)).stream())
                .distinct()
                .toList();
    return new RegisterAnswer.Found(new Finding(result, null, null, fields), List.of(), disclosure);
  }

  private static Map<String, Object> ofAsked(
      ExchangeRequest request, @Nullable Map<String, Object> person) throws RegisterUnavailable {
    if (person == null || !request.names().containsAll(person.keySet())) {
      throw new RegisterUnavailable("the register answered other fields than were asked");
    }
    return person;
  }

  private static void require(boolean complete) throws RegisterUnavailable {
    if (!complete) {
      throw new RegisterUnavailable("the register's answer is not complete");
    }
  }
}
