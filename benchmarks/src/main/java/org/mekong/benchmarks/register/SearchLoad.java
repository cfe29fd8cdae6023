package org.mekong.benchmarks.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.mekong.benchmarks.load.Load;

/**
 * Searches for people whom the register holds, by the whole name as it is written and by the given
 * name alone, with token, proof and a logged disclosure for each person shown.
 */
final class SearchLoad {

  private static final int SAMPLE = 5_000;
  private static final int CALLERS = 4;
  private static final int PER_SECOND = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegisterDatabase database;
  private final RegistryClient client;
  private final int warmUp;
  private final int seconds;

  private record Somebody(String full, String given, String year, String province) {}

  SearchLoad(RegisterDatabase database, RegistryClient client, int warmUp, int seconds) {
    this.warmUp = Math.max(1, warmUp);
    this.database = database;
    this.client = client;
    this.seconds = seconds;
  }

  void run() throws SQLException, IOException {
    List<Somebody> people = people();
    System.out.println();
    System.out.println(
        "| search, "
            + PER_SECOND
            + "/s, token, log | p50 ms | p95 ms | slowest ms | found | needs more |");
    System.out.println("|---|---|---|---|---|---|");
    row(
        "whole name with birth year (bar p95 25 ms)",
        people,
        (of, criteria) -> criteria.put("name", of.full).put("dateOfBirth", of.year));
    row(
        "given name with birth year (bar p95 25 ms)",
        people,
        (of, criteria) -> criteria.put("name", of.given).put("dateOfBirth", of.year));
    row(
        "whole name with province (bar p95 50 ms)",
        people,
        (of, criteria) ->
            criteria.put("name", of.full).putObject("residence").put("province", of.province));
  }

  private void row(String what, List<Somebody> people, BiConsumer<Somebody, ObjectNode> criteria) {
    String token =
        client.token(
            "person.read",
            "civil-registration",
            List.of("search"),
            List.of("names", "date_of_birth", "permanent_residence"));
    AtomicInteger found = new AtomicInteger();
    AtomicInteger more = new AtomicInteger();
    Load.Operation search =
        () -> {
          ObjectNode body = JSON.createObjectNode().put("purpose", "civil-registration");
          body.putArray("fields").add("names").add("date_of_birth");
          Somebody somebody = people.get(ThreadLocalRandom.current().nextInt(people.size()));
          criteria.accept(somebody, body.putObject("criteria"));
          JsonNode answer = client.post(token, "/v1/persons/search", body.toString(), 200);
          switch (answer.path("outcome").asText()) {
            case "found" -> found.incrementAndGet();
            case "needs-more" -> more.incrementAndGet();
            default -> {}
          }
        };
    Load.closed(CALLERS, warmUp, search);
    found.set(0);
    more.set(0);
    Load.Outcome outcome = Load.open(CALLERS, PER_SECOND, seconds, search);
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %.1f | %.1f | %d | %d |",
            what,
            outcome.p50(),
            outcome.p95(),
            outcome.slowest(),
            found.get(),
            more.get()));
  }

  private List<Somebody> people() throws SQLException, IOException {
    List<Somebody> people = new ArrayList<>();
    for (String[] row :
        database.rows(
            "select document, province from person tablesample system (10)"
                + " where province is not null and merged_into is null order by random() limit "
                + SAMPLE)) {
      JsonNode particulars = JSON.readTree(row[0]).path("particulars");
      JsonNode name = particulars.path("names").path(0);
      List<String> parts = new ArrayList<>();
      for (String part : new String[] {"family", "middle", "given"}) {
        if (name.has(part)) {
          parts.add(name.path(part).asText());
        }
      }
      people.add(
          new Somebody(
              String.join(" ", parts),
              name.path("given").asText(),
              particulars.path("dateOfBirth").asText().substring(0, 4),
              row[1]));
    }
    return people;
  }
}
