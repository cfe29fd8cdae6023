package org.mekong.benchmarks.register;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.mekong.benchmarks.load.Load;

/**
 * Registers events of people whom the register holds: moves, births, deaths and marriages, as an
 * office does, with token, proof and idempotency key.
 */
final class EventLoad {

  private static final int CALLERS = 8;
  private static final int PER_SECOND = 50;
  private static final int SAMPLE = 5_000;
  private static final String YOUNG =
      " and marital_status = 'single' and birth_date between '1985' and '2000'";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryClient client;
  private final int seconds;
  private final String day = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
  private final List<String> anybody;
  private final List<String> mothers;
  private final List<String> old;
  private final List<String> men;
  private final List<String> women;
  private final AtomicInteger next = new AtomicInteger(ThreadLocalRandom.current().nextInt(SAMPLE));
  private final AtomicInteger refused = new AtomicInteger();

  EventLoad(RegisterDatabase database, RegistryClient client, int seconds) throws SQLException {
    this.client = client;
    this.seconds = seconds;
    anybody = ids(database, "true");
    mothers =
        ids(
            database,
            "sex = 2 and marital_status = 'married' and birth_date between '1985' and '2002'");
    old = ids(database, "birth_date < '1955'");
    men = ids(database, "sex = 1" + YOUNG);
    women = ids(database, "sex = 2" + YOUNG);
  }

  private static List<String> ids(RegisterDatabase database, String condition) throws SQLException {
    return database
        .rows(
            "select person_id from person tablesample system (30) where life_status = 'alive'"
                + " and merged_into is null and "
                + condition
                + " order by random() limit "
                + SAMPLE)
        .stream()
        .map(row -> row[0])
        .toList();
  }

  void run() {
    Load.open(CALLERS, PER_SECOND, seconds, this::register);
    refused.set(0);
    Load.Outcome outcome = Load.open(CALLERS, PER_SECOND, seconds, this::register);
    System.out.println();
    System.out.println(
        "| events, moves 4 : births 2 : deaths 2 : marriages 2 | p50 ms | p95 ms | slowest ms |");
    System.out.println("|---|---|---|---|");
    System.out.println(
        String.format(
            Locale.ROOT,
            "| registered at %d/s (bar p95 30 ms); %d of %d refused by a rule"
                + " | %.1f | %.1f | %.1f |",
            PER_SECOND,
            refused.get(),
            PER_SECOND * seconds,
            outcome.p50(),
            outcome.p95(),
            outcome.slowest()));
  }

  private void register() throws IOException, InterruptedException {
    ObjectNode event = event(next.getAndIncrement());
    ObjectNode circumstances = event.putObject("circumstances");
    circumstances.put("occurredOn", day).put("office", "benchmark").put("registrar", "registrar-1");
    circumstances.putObject("document").put("kind", "declaration").put("number", "1");
    String token = client.token("person.write", "", List.of(), List.of());
    if (client.tryPost(token, "/v1/events", event.toString()) != 201) {
      refused.incrementAndGet();
    }
  }

  private ObjectNode event(int i) {
    ObjectNode event = JSON.createObjectNode();
    switch (i % 10) {
      case 0, 1, 2, 3 -> {
        event.put("type", "residence_change").put("kind", "temporary");
        event.putArray("persons").addObject().put("personId", one(anybody, i));
        event.putObject("to").put("province", "01");
      }
      case 4, 5 -> {
        event.put("type", "live_birth").putObject("mother").put("personId", one(mothers, i));
        ObjectNode child = event.putObject("child");
        child.put("sex", 1).put("placeOfBirthRegistration", "045");
        child
            .putArray("names")
            .addObject()
            .put("family", "Trần")
            .put("middle", "Minh")
            .put("given", "An");
      }
      case 6, 7 -> event.put("type", "death").put("deceased", one(old, i));
      default -> {
        var spouses = event.put("type", "marriage").putArray("spouses");
        spouses.addObject().put("personId", one(men, i));
        spouses.addObject().put("personId", one(women, i));
      }
    }
    return event;
  }

  private static String one(List<String> ids, int i) {
    return ids.get(i % ids.size());
  }
}
