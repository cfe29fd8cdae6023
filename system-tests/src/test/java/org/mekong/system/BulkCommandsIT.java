package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mekong import} and {@code mekong export} as an operator types them, against a register
 * that is killed under the one, and with a client that is killed under the other.
 */
class BulkCommandsIT {
  private static final int PERSONS = 25_000;
  private static final int BORN_TO = 1943;
  private static final String HEADER =
      "ref,family_name,given_name,date_of_birth,sex,place_of_birth_registration,marital_status\n";

  @TempDir Path folder;
  private MortalRegister register;
  private String profile = "";

  @Test
  void personsGoInAndOutWholeWhateverIsKilled() throws Exception {
    try (MortalRegister running = new MortalRegister(folder)) {
      register = running;
      profile = running.profile().toString();
      aDryRunStoresNothingAndTellsWhatIsWrong();
      anImportGoesOnWhenTheRegisterIsBack();
      anExportGoesOnWhereItsClientWasKilled();
    }
  }

  private void aDryRunStoresNothingAndTellsWhatIsWrong() throws Exception {
    Path file = folder.resolve("few.csv");
    Files.writeString(
        file,
        HEADER + row(1) + "x,Lê,Hoa,1990-13-40,2,045,single\n" + row(2) + "y,Lê,,1990,3,045,\n");
    CommandLine run = mekong("import", file.toString(), "--dry-run", "--watch");
    assertEquals(1, run.exitCode(), run.output());
    assertTrue(run.output().contains("2 accepted, 2 refused"), run.output());
    List<String> problems = Files.readAllLines(folder.resolve("few.csv.problems.csv"));
    assertEquals("row,field,rule,detail", problems.getFirst());
    assertTrue(
        problems.stream().anyMatch(line -> line.startsWith("2,date_of_birth,")),
        problems::toString);
    assertTrue(
        problems.stream().anyMatch(line -> line.startsWith("4,given_name,")), problems::toString);
    assertTrue(
        problems.stream().noneMatch(line -> line.contains("1990-13-40")), "no value is told");
    assertEquals(0, count("select count(*) from person"));
  }

  private void anImportGoesOnWhenTheRegisterIsBack() throws Exception {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < PERSONS; i++) {
      rows.append(row(i));
    }
    Path file = Files.writeString(folder.resolve("persons.csv"), rows);
    Process watching = CommandLine.start(words("import", file.toString(), "--watch"));
    long before = 0;
    while (before == 0) {
      assertTrue(watching.isAlive(), "it ended before it could be killed");
      Thread.sleep(20);
      before = count("select count(*) from person");
    }
    register.killService();
    String cut = new String(watching.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, watching.waitFor(), cut);
    assertTrue(count("select count(*) from person") < PERSONS, "killed in the middle");
    register.startService();

    CommandLine again = mekong("import", file.toString(), "--watch");
    assertEquals(0, again.exitCode(), again.output());
    assertTrue(again.output().contains("to which this file was sent before"), again.output());
    assertTrue(again.output().contains("worked off"), again.output());
    assertTrue(again.output().contains("25,000 accepted, 0 refused"), again.output());
    assertEquals(PERSONS, count("select count(*) from person"));
    assertEquals(
        PERSONS,
        count(
            "select count(distinct document #>> '{circumstances,document,number}') from vital_event"));
    assertFalse(Files.exists(folder.resolve("persons.csv.problems.csv")));

    String id = again.output().replaceAll("(?s).*import    ([0-9a-f-]{36}).*", "$1");
    CommandLine byId = mekong("import", "--id", id, "--watch");
    assertEquals(0, byId.exitCode(), byId.output());
  }

  private void anExportGoesOnWhereItsClientWasKilled() throws Exception {
    Path file = folder.resolve("out.csv");
    Path position = folder.resolve("out.csv.position");
    String[] words =
        words(
            "export",
            file.toString(),
            "--purpose",
            "civil-registration",
            "--fields",
            "names,date_of_birth",
            "--born-to",
            Integer.toString(BORN_TO));
    Process exporting = CommandLine.start(words);
    while (!Files.exists(file) || Files.size(file) < 20_000) {
      assertTrue(exporting.isAlive(), "it ended before it could be killed");
      Thread.sleep(5);
    }
    exporting.destroyForcibly().waitFor();
    assertTrue(Files.exists(position), "killed in the middle");

    CommandLine again = CommandLine.mekong("", words);
    assertEquals(0, again.exitCode(), again.output());
    assertTrue(again.output().contains("goes on"), again.output());
    assertFalse(Files.exists(position));
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        "id,names_family,names_middle,names_given,names_full,date_of_birth", lines.getFirst());
    Set<String> keys = new HashSet<>();
    Set<String> out = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertTrue(keys.add(cells[0]), "somebody comes twice");
      out.add(cells[3] + "," + cells[5]);
    }
    Set<String> wanted = new TreeSet<>();
    for (int i = 0; i < PERSONS; i++) {
      if (born(i).getYear() <= BORN_TO) {
        wanted.add(given(i) + "," + born(i));
      }
    }
    assertEquals(wanted.size(), keys.size());
    assertEquals(wanted, out);
  }

  private CommandLine mekong(String... words) throws Exception {
    return CommandLine.mekong("", words(words));
  }

  private String[] words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--profile", profile));
    return all.toArray(String[]::new);
  }

  /** Somebody who is like nobody else. */
  private static String row(int i) {
    return "r%d,Lê,%s,%s,%d,045,single\n".formatted(i, given(i), born(i), 1 + i % 2);
  }

  private static String given(int i) {
    StringBuilder given = new StringBuilder("A");
    for (int rest = i + 40; rest > 0; rest /= 40) {
      given.append("bcdghklm".charAt(rest % 8)).append("aeiou".charAt(rest / 8 % 5));
    }
    return given.toString();
  }

  private static LocalDate born(int i) {
    return LocalDate.of(1940, 1, 1).plusDays(i * 37L % 7_300);
  }

  private long count(String query) throws SQLException {
    try (Connection connection = register.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
