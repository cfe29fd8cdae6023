package org.mekong.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ImportProgressTest {

  private static JsonNode view(String members) throws JsonProcessingException {
    return new ObjectMapper().readTree("{" + members + "}");
  }

  @Test
  void showsABarAndWhatIsLeft() throws Exception {
    assertEquals(
        "[===============               ]  50% worked off 500,000 of 1,000,000 rows, 11,200/s, 45 s"
            + " left, 3 refused",
        ImportProgress.line(
            view(
                "\"phase\":\"store\",\"rows\":1000000,\"read\":500000,\"rate\":11200,"
                    + "\"remainingSeconds\":45,\"refused\":3")));
    assertTrue(
        ImportProgress.line(view("\"phase\":\"check\",\"rows\":0,\"read\":0"))
            .endsWith("0% checked 0 of 0 rows"));
  }

  @Test
  void countsTheTenthsThatAreRead() throws Exception {
    assertEquals(0, ImportProgress.tenths(view("\"rows\":0,\"read\":0")));
    assertEquals(4, ImportProgress.tenths(view("\"rows\":1000,\"read\":499")));
    assertEquals(10, ImportProgress.tenths(view("\"rows\":1000,\"read\":1000")));
  }

  @Test
  void isWholeOnlyWhereNoRowWasRefused() throws Exception {
    assertTrue(ImportProgress.isWhole(view("\"state\":\"finished\",\"refused\":0")));
    assertFalse(ImportProgress.isWhole(view("\"state\":\"finished\",\"refused\":1")));
    assertFalse(ImportProgress.isWhole(view("\"state\":\"cancelled\",\"refused\":0")));
    assertFalse(ImportProgress.hasEnded(view("\"state\":\"running\"")));
  }

  @Test
  void aCommandLineWithoutAFileOrWithASecondWayIsRefused() {
    assertEquals(2, run("import"));
    assertEquals(2, run("import", "a.csv", "--id", "x"));
    assertEquals(2, run("export", "a.csv"));
    assertEquals(0, run("import", "--help"));
    assertEquals(0, run("export", "--help"));
  }

  private static int run(String... arguments) {
    CommandLine line = new CommandLine(new ImportAndExport());
    line.setErr(new PrintWriter(new StringWriter()));
    line.setOut(new PrintWriter(new StringWriter()));
    return line.execute(arguments);
  }

  @CommandLine.Command(subcommands = {ImportCommand.class, ExportCommand.class})
  private static final class ImportAndExport {}
}
