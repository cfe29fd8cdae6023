package org.mekong.registry.nation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the comma-separated files that ship with the service: a header line, no quoting. A line
 * that starts with {@code #} is a comment.
 */
public final class DataFile {

  private DataFile() {}

  /** The rows of a file of the class path, each by column name; an empty cell is an empty text. */
  public static List<Map<String, String>> rows(String resource) {
    try (BufferedReader lines = open(resource)) {
      String header = lines.readLine();
      while (header != null && header.startsWith("#")) {
        header = lines.readLine();
      }
      if (header == null) {
        throw new IllegalStateException("Data file " + resource + " is empty");
      }
      String[] columns = header.split(",", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          rows.add(row(resource, columns, line.split(",", -1)));
        }
      }
      return List.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read data file " + resource, e);
    }
  }

  private static BufferedReader open(String resource) {
    InputStream stream = DataFile.class.getClassLoader().getResourceAsStream(resource);
    if (stream == null) {
      throw new IllegalStateException("Data file " + resource + " is missing");
    }
    return new BufferedReader(new InputStreamReader(stream, UTF_8));
  }

  private static Map<String, String> row(String resource, String[] columns, String[] cells) {
    if (columns.length != cells.length) {
      throw new IllegalStateException("Data file " + resource + " has a row of another width");
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], cells[i]);
    }
    return row;
  }
}
