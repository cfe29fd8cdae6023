package org.mekong.log.tile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a tile or entry bundle beneath the prefix of a log.
 *
 * @param kind hashes or entries
 * @param level 0 to 63; 0 for entries
 * @param index from 0, within the level
 * @param width how many hashes or entries: 256 when full, 1 to 255 when partial
 */
public record TilePath(Kind kind, int level, long index, int width) {
  /** How many hashes or entries a full tile holds. */
  public static final int FULL_WIDTH = 256;

  /** The height of the subtree whose leaves are one tile. */
  public static final int HEIGHT = 8;

  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** What a resource holds. */
  public enum Kind {
    /** Merkle tree hashes. */
    HASHES,
    /** Log entries. */
    ENTRIES
  }

  public TilePath {
    boolean valid = level >= 0 && level <= 63 && index >= 0 && width >= 1 && width <= FULL_WIDTH;
    if (!valid || (kind == Kind.ENTRIES && level != 0)) {
      throw new IllegalArgumentException("no tile " + kind + " " + level + "/" + index);
    }
  }

  /** The tile of hashes that a tree of {@code size} has at this place; empty when it has none. */
  public static Optional<TilePath> hashes(int level, long index, long size) {
    int width = widthIn(level, index, size);
    return width == 0
        ? Optional.empty()
        : Optional.of(new TilePath(Kind.HASHES, level, index, width));
  }

  /** The entry bundle that a tree of {@code size} has at this place; empty when it has none. */
  public static Optional<TilePath> entries(long index, long size) {
    int width = widthIn(0, index, size);
    return width == 0 ? Optional.empty() : Optional.of(new TilePath(Kind.ENTRIES, 0, index, width));
  }

  /** Reads a path such as {@code tile/0/x001/067} or {@code tile/entries/000.p/3}. */
  public static Optional<TilePath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (path.length() > 64 || !matcher.matches()) {
      return Optional.empty();
    }
    boolean entries = matcher.group(1).equals("entries");
    int level = entries ? 0 : Integer.parseInt(matcher.group(1));
    int width = matcher.group(3) == null ? FULL_WIDTH : Integer.parseInt(matcher.group(3));
    String digits = matcher.group(2).replace("x", "").replace("/", "");
    boolean shortest = digits.length() == 3 || !digits.startsWith("000");
    if (level > 63 || !shortest || (matcher.group(3) != null && width >= FULL_WIDTH)) {
      return Optional.empty();
    }
    return parseLong(digits)
        .map(index -> new TilePath(entries ? Kind.ENTRIES : Kind.HASHES, level, index, width));
  }

  private static Optional<Long> parseLong(String digits) {
    try {
      return Optional.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  public boolean isFull() {
    return width == FULL_WIDTH;
  }

  /** The full tile or bundle at the same place. */
  public TilePath full() {
    return new TilePath(kind, level, index, FULL_WIDTH);
  }

  /** The path as text. */
  @Override
  public String toString() {
    List<String> elements = new ArrayList<>();
    long rest = index;
    do {
      String digits = String.format("%03d", rest % 1000);
      elements.add(elements.isEmpty() ? digits : "x" + digits);
      rest /= 1000;
    } while (rest > 0);
    Collections.reverse(elements);
    String first = "tile/" + (kind == Kind.ENTRIES ? "entries" : Integer.toString(level)) + "/";
    return first + String.join("/", elements) + (isFull() ? "" : ".p/" + width);
  }

  /** How many of a tile's hashes a tree of {@code size} has: 0 to 256. */
  public static int widthIn(int level, long index, long size) {
    if (level * HEIGHT >= Long.SIZE - 1) {
      return 0;
    }
    long nodes = size >>> (level * HEIGHT);
    long tiles = nodes >>> HEIGHT;
    if (index < tiles) {
      return FULL_WIDTH;
    }
    return index == tiles ? (int) (nodes & (FULL_WIDTH - 1)) : 0;
  }
}
