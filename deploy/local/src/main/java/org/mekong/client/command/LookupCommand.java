package org.mekong.client.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.QueuedLookup;
import org.mekong.client.TokenRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mekong lookup}. */
@Command(
    name = "lookup",
    mixinStandardHelpOptions = true,
    description = {
      "Asks another country about one person, through the gateway of our own.",
      "By the person's number: ask for statements (--ask, answered yes, no or unknown) or for fields (--read).",
      "Without a number: ask who is meant (--match, one person or none) or who fits (--search, five at most) by what is known, a JSON object; fields of the person by --fields.",
      "The answer, its signature and its receipt are checked before anything is printed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mekong lookup --country LA --purpose marriage --officer officer-7f3a --ask alive --ask age_over=18 < number.txt",
      "  mekong lookup --country LA --purpose border-resident --officer officer-7f3a --read names,date_of_birth < number.txt",
      "  mekong lookup --country LA --purpose border-resident --officer officer-7f3a --match --fields personal_number < known.json",
      "  mekong lookup --country LA --purpose border-resident --officer officer-7f3a --search --fields names,date_of_birth < known.json",
      "  mekong lookup --async --deadline PT4H --country LA --purpose marriage --officer officer-7f3a --ask alive < number.txt",
      "  known.json: {\"names\": {\"family\": \"Phommachanh\", \"given\": \"Bouavone\"}, \"dateOfBirth\": \"1999-04-14\", \"sex\": 2}"
    })
final class LookupCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "who asks; default: the registry office that deploy/local/up registered")
  private @Nullable Path profile;

  @Option(names = "--country", required = true, description = "the country that is asked, LA or VN")
  private String country = "";

  @Option(
      names = "--purpose",
      required = true,
      description = "a purpose of the agreement: marriage, border-resident, …")
  private String purpose = "";

  @Option(
      names = "--number",
      defaultValue = "-",
      description =
          "the personal number in that country; - (default) reads it from standard input, which keeps it out of the process list")
  private String number = "-";

  @Option(
      names = "--ask",
      paramLabel = "STATEMENT",
      description =
          "alive, age_over=N, married, single, resident_of=PROVINCE, parent_of=NUMBER, name_matches=NAME, number_valid; repeatable")
  private List<String> statements = List.of();

  @Option(
      names = {"--read", "--fields"},
      split = ",",
      paramLabel = "FIELD",
      description = "fields of the person, with commas between")
  private List<String> fields = List.of();

  @Option(names = "--match", description = "asks who is meant; tells one person or nobody")
  private boolean match;

  @Option(names = "--search", description = "asks who fits; tells five persons at most")
  private boolean search;

  @Option(
      names = "--known",
      paramLabel = "FILE",
      defaultValue = "-",
      description =
          "what is known, to match or search: a JSON object of names, dateOfBirth, sex, permanentResidence, to match also placeOfBirthRegistration, to search also placeOfBirth and parents; - (default) reads standard input")
  private String known = "-";

  @Option(
      names = "--officer",
      required = true,
      description =
          "pseudonym of the officer who asks, as the agency knows it; it stands in the evidence")
  private String officer = "";

  @Option(
      names = "--save",
      paramLabel = "FOLDER",
      description = "keeps the answer, its receipt and the evidence there")
  private @Nullable Path save;

  @Option(
      names = "--async",
      description =
          "queues the question until the other country answers, and waits; an interruption leaves it queued")
  private boolean async;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description =
          "with --async: after which the answer is of no use, PT4H for instance; default: as late as the agreement allows")
  private @Nullable Duration deadline;

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "waits for the answer to this very question, which was queued before")
  private @Nullable String operation;

  @Option(names = "--json", description = "prints one JSON object")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    CommandSpec self = java.util.Objects.requireNonNull(spec);
    Question question = question(self);
    Path file =
        profile == null ? Mekong.dataFolder().resolve("VN/clients/registry-office.json") : profile;
    Lookup lookup = new Lookup(Profile.load(file));
    Lookup.Outcome outcome =
        async || operation != null ? await(question, Profile.load(file)) : lookup.ask(question);
    PrintWriter out = self.commandLine().getOut();
    return switch (outcome) {
      case Lookup.Outcome.Answered(CheckedAnswer answer) -> {
        Optional<Path> receipt = keep(answer);
        if (receipt.isPresent()) {
          keepEvidence(lookup.evidence(question, answer.requestId()), answer.requestId());
        }
        yield print(out, answer, receipt);
      }
      case Lookup.Outcome.Refused refused -> print(out, refused);
    };
  }

  /** Queues the question where it is not queued yet, and tells how it stands until it has ended. */
  private Lookup.Outcome await(Question question, Profile.Loaded loaded)
      throws IOException, InterruptedException, TokenRefusedException, AnswerInvalidException {
    PrintWriter progress = java.util.Objects.requireNonNull(spec).commandLine().getErr();
    QueuedLookup queue = new QueuedLookup(loaded);
    QueuedLookup.Standing standing =
        operation == null
            ? queue.queue(question, deadline, UUID.randomUUID())
            : queue.look(question, operation);
    String told = "";
    while (true) {
      switch (standing) {
        case QueuedLookup.Standing.Final(Lookup.Outcome outcome) -> {
          return outcome;
        }
        case QueuedLookup.Standing.Pending pending -> {
          String now =
              "queued    operation %s%s"
                  .formatted(
                      pending.id(),
                      pending
                          .failure()
                          .map(rule -> ", attempt " + pending.attempts() + " ended by " + rule)
                          .orElse(""));
          if (!now.equals(told)) {
            progress.println(now);
            told = now;
          }
          Duration pause = pending.pause();
          Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
          standing = queue.look(question, pending.id());
        }
      }
    }
  }

  private Question question(CommandSpec self) throws IOException {
    try {
      List<Question.Predicate> predicates = new ArrayList<>();
      for (String statement : statements) {
        predicates.add(Question.Predicate.parse(statement));
      }
      String asked = country.toUpperCase(Locale.ROOT);
      if (match && search) {
        throw new IllegalArgumentException("--match or --search, not both");
      }
      if (match || search) {
        String kind = match ? "match" : "search";
        return new Question(asked, kind, purpose, null, predicates, fields, whatIsKnown(), officer);
      }
      return new Question(
          asked, purpose, number.equals("-") ? typedNumber() : number, predicates, fields, officer);
    } catch (JsonProcessingException e) {
      throw new ParameterException(self.commandLine(), "what is known has to be a JSON object", e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(self.commandLine(), e.getMessage(), e);
    }
  }

  private JsonNode whatIsKnown() throws IOException {
    byte[] text = known.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(known));
    JsonNode object = JSON.readTree(text);
    if (object == null || !object.isObject()) {
      throw new IllegalArgumentException("what is known has to be a JSON object");
    }
    return object;
  }

  private static String typedNumber() throws IOException {
    Console console = System.console();
    if (console != null) {
      char[] typed = console.readPassword("personal number (not shown): ");
      return typed == null ? "" : new String(typed).strip();
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    return line == null ? "" : line.strip();
  }

  private int print(PrintWriter out, CheckedAnswer answer, Optional<Path> receipt)
      throws IOException {
    if (json) {
      ObjectNode object = JSON.createObjectNode();
      object.put("verified", true);
      object.set("answer", answer.envelope());
      receipt.ifPresent(file -> object.put("receiptFile", file.toString()));
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object));
      return 0;
    }
    out.println("request   " + answer.requestId());
    out.println("outcome   " + answer.outcome());
    for (CheckedAnswer.Answer each : answer.answers()) {
      out.printf("  %-14s %s%n", each.name(), each.answer());
    }
    answer
        .person()
        .ifPresent(
            person ->
                person
                    .properties()
                    .forEach(
                        field -> out.printf("  %-22s %s%n", field.getKey(), field.getValue())));
    answer.finding().ifPresent(finding -> print(out, finding));
    out.println("verified  the signature, that it answers this question, and the receipt:");
    out.printf("          entry %d of %s%n", answer.logEntry().index(), answer.logEntry().origin());
    receipt.ifPresent(
        file -> out.println("kept      " + file + "  (check it: mekong verify " + file + ")"));
    return 0;
  }

  private static void print(PrintWriter out, JsonNode finding) {
    out.println("result    " + finding.path("result").asText());
    for (JsonNode each : finding.path("persons")) {
      out.println("  person, told of the look by entry " + each.at("/disclosure/index").asText());
      each.path("person")
          .properties()
          .forEach(field -> out.printf("    %-20s %s%n", field.getKey(), field.getValue()));
    }
    if (finding.path("more").asBoolean()) {
      out.println("  more fit: tell more of the person to see them");
    }
    if (finding.has("narrow_by")) {
      out.println("  would help: " + finding.path("narrow_by"));
    }
  }

  private int print(PrintWriter out, Lookup.Outcome.Refused refused) throws IOException {
    JsonNode problem = refused.problem();
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(problem));
      return Mekong.NOT_VALID;
    }
    out.printf("refused   %d %s%n", refused.status(), problem.path("title").asText());
    for (String member : List.of("rule", "detail", "action")) {
      if (problem.hasNonNull(member)) {
        out.printf("%-9s %s%n", member, problem.get(member).asText());
      }
    }
    return Mekong.NOT_VALID;
  }

  private void keepEvidence(Optional<String> evidence, String requestId) throws IOException {
    if (save != null && evidence.isPresent()) {
      Files.writeString(save.resolve(requestId + ".evidence.json"), evidence.get());
    }
  }

  private Optional<Path> keep(CheckedAnswer answer) throws IOException {
    if (save == null) {
      return Optional.empty();
    }
    Files.createDirectories(save);
    Files.writeString(
        save.resolve(answer.requestId() + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer.envelope()));
    Path receipt = save.resolve(answer.requestId() + ".tlog-proof");
    Files.writeString(receipt, answer.receipt());
    return Optional.of(receipt);
  }
}
