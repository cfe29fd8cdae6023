package org.mekong.log.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sizes that sources keep to: a file in lines, a package in files. */
public final class SourceSizes {

  private static final int MOST_LINES = 400;
  private static final int MOST_FILES = 15;

  private SourceSizes() {}

  /** What is larger beneath a folder; empty when all is well. */
  public static List<String> tooLarge(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    Map<Path, Integer> packages = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(each -> each.toString().endsWith(".java")).toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > MOST_LINES) {
          found.add(file + " has " + lines + " lines");
        }
        if (!file.endsWith("package-info.java")) {
          packages.merge(file.getParent(), 1, Integer::sum);
        }
      }
    }
    packages.forEach(
        (each, files) -> {
          if (files > MOST_FILES) {
            found.add(each + " has " + files + " files");
          }
        });
    return found;
  }
}
