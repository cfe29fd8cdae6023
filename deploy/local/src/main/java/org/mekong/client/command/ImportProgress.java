package org.mekong.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** How far an import is, as a line of text. Pure. */
final class ImportProgress {
  private static final int WIDTH = 30;
  private static final Set<String> ENDS = Set.of("finished", "failed", "cancelled");

  private ImportProgress() {}

  /** Whether nothing more comes. */
  static boolean hasEnded(JsonNode view) {
    return ENDS.contains(view.path("state").asText());
  }

  /** Whether every row is in, or would be. */
  static boolean isWhole(JsonNode view) {
    return view.path("state").asText().equals("finished") && view.path("refused").asLong() == 0;
  }

  /** How many tenths of the rows were read; starts anew with each phase. */
  static int tenths(JsonNode view) {
    long rows = view.path("rows").asLong();
    return rows == 0 ? 0 : (int) (10 * view.path("read").asLong() / rows);
  }

  /** A bar with figures. */
  static String line(JsonNode view) {
    long rows = view.path("rows").asLong();
    long read = view.path("read").asLong();
    int full = rows == 0 ? 0 : (int) (WIDTH * read / rows);
    StringBuilder line = new StringBuilder("[");
    line.append("=".repeat(full)).append(" ".repeat(WIDTH - full)).append("] ");
    line.append(
        String.format(
            Locale.ROOT,
            "%3d%% %s %,d of %,d rows",
            rows == 0 ? 0 : 100 * read / rows,
            view.path("phase").asText().equals("check") ? "checked" : "worked off",
            read,
            rows));
    if (view.hasNonNull("rate")) {
      line.append(String.format(Locale.ROOT, ", %,d/s", view.path("rate").asLong()));
    }
    if (view.hasNonNull("remainingSeconds")) {
      line.append(
          String.format(Locale.ROOT, ", %,d s left", view.path("remainingSeconds").asLong()));
    }
    if (view.path("refused").asLong() > 0) {
      line.append(String.format(Locale.ROOT, ", %,d refused", view.path("refused").asLong()));
    }
    return line.toString();
  }
}
