package org.mekong.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.TokenRefusedException;
import org.mekong.local.machine.Console;
import org.mekong.local.machine.SecretFiles;
import org.mekong.local.machine.StartException;
import org.mekong.local.nation.Nation;
import org.mekong.local.nation.Nation.Part;
import org.mekong.local.nation.NodeFiles;
import org.mekong.local.nation.Registration;

/**
 * The thread through the whole platform: a registry office in Quảng Trị is asked to register a
 * marriage with a resident of Savannakhet. It asks Laos three yes/no questions, gets a signed
 * answer with a receipt, and is refused where it asks for more than the agreement allows.
 */
final class Story {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NodeFiles files;
  private final int basePort;
  private final Console console;

  Story(NodeFiles files, int basePort, Console console) {
    this.files = files;
    this.basePort = basePort;
    this.console = console;
  }

  /** The resident of Savannakhet, registered once through the registry's own API. */
  String residentNumber(Registration laos)
      throws IOException, InterruptedException, StartException {
    Path kept = files.root().resolve("LA/resident.json");
    if (!Files.exists(kept)) {
      JsonNode person = laos.registerPerson(resident());
      SecretFiles.write(kept, JSON.writeValueAsString(person));
    }
    return JSON.readTree(Files.readString(kept)).path("personalNumber").asText();
  }

  private static Map<String, Object> resident() {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put(
        "names",
        List.of(
            Map.of("script", "Laoo", "given", "ບົວວອນ", "family", "ພົມມະຈັນ"),
            Map.of(
                "kind", "other", "script", "Latn", "given", "Bouavone", "family", "Phommachanh")));
    person.put("dateOfBirth", "1999-04-14");
    person.put("sex", 2);
    person.put("maritalStatus", "single");
    person.put("placeOfBirthRegistration", "LA-SV");
    person.put("residences", List.of(Map.of("kind", "permanent", "province", "LA-SV")));
    return person;
  }

  /** Plays the story; true where all of it went as told. */
  boolean tell(String number)
      throws IOException, InterruptedException, TokenRefusedException, AnswerInvalidException {
    Lookup office =
        new Lookup(Profile.load(files.profile(Nation.VN, Registration.REGISTRY_OFFICE)));
    console.say("");
    console.say(
        "A registry office in Quảng Trị is asked to register a marriage with a resident of Savannakhet.");
    console.say(
        "It asks Laos, for the purpose \"marriage\", and gets yes or no, never a copy of the record:");
    Lookup.Outcome first = office.ask(marriage(number));
    if (!(first instanceof Lookup.Outcome.Answered answered)) {
      console.say("  the question was refused, which should not be: " + problem(first));
      return false;
    }
    CheckedAnswer answer = answered.answer();
    answer
        .answers()
        .forEach(each -> console.say("     %-34s %s".formatted(words(each.name()), each.answer())));
    Path receipt = keep(answer);
    console.say(
        "Signed by Laos, bound to this one question, checked here. The trace, in both countries:");
    trace(answer.envelope().path("trace"));
    Lookup.Outcome second = office.ask(address(number));
    if (!(second instanceof Lookup.Outcome.Refused refused)) {
      console.say("  a question that the agreement does not allow was answered, which must not be");
      return false;
    }
    console.say("Then it asks for the person's address, for the same purpose, and is refused:");
    console.say("     " + refused.status() + " by rule " + refused.problem().path("rule").asText());
    console.say("");
    console.say(
        "Check the receipt yourself, offline:  deploy/local/mekong verify " + relative(receipt));
    return true;
  }

  private static String problem(Lookup.Outcome outcome) {
    return outcome instanceof Lookup.Outcome.Refused refused
        ? refused.status() + " " + refused.problem()
        : "";
  }

  private static Question marriage(String number) {
    return new Question(
        "LA",
        "marriage",
        number,
        List.of(
            new Question.Predicate("alive", Map.of()),
            new Question.Predicate("age_over", Map.of("years", 18)),
            new Question.Predicate("married", Map.of())),
        List.of(),
        "officer-7f3a");
  }

  private static Question address(String number) {
    return new Question(
        "LA", "marriage", number, List.of(), List.of("permanent_residence"), "officer-7f3a");
  }

  private static String words(String predicate) {
    return switch (predicate) {
      case "alive" -> "Is the person alive?";
      case "age_over" -> "Is the person older than 18?";
      case "married" -> "Is the person married?";
      default -> predicate;
    };
  }

  private void trace(JsonNode trace) {
    trace
        .properties()
        .forEach(
            leg ->
                console.say(
                    "     %-14s entry %-4d of %s"
                        .formatted(
                            leg.getKey(),
                            leg.getValue().path("index").asLong(),
                            leg.getValue().path("origin").asText())));
  }

  private Path keep(CheckedAnswer answer) throws IOException {
    Path folder = files.root().resolve("receipts");
    Files.createDirectories(folder);
    Path receipt = folder.resolve(answer.requestId() + ".tlog-proof");
    Files.writeString(receipt, answer.receipt());
    Files.writeString(folder.resolve("latest.tlog-proof"), answer.receipt());
    return receipt;
  }

  private static String relative(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.toAbsolutePath().startsWith(here)
        ? here.relativize(file.toAbsolutePath()).toString()
        : file.toString();
  }

  /** The doors that a newcomer opens next. */
  void doors(List<Nation> nations) {
    console.say(
        "Open next (the certificates come from the test authority in "
            + relative(files.authority())
            + "):");
    for (Nation nation : nations) {
      for (Part part : Part.ALL) {
        console.say(
            "     %-24s %s"
                .formatted(
                    nation.label() + ", " + part.feature(), nation.url(part, basePort) + "/"));
      }
    }
  }
}
