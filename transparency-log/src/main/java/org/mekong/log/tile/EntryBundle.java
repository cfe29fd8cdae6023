package org.mekong.log.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Entry bundles: entries, each behind its length as a big-endian uint16. */
public final class EntryBundle {
  /** The longest entry, in bytes. */
  public static final int MAXIMUM_ENTRY_LENGTH = 65_535;

  private EntryBundle() {}

  /** The bundle that holds {@code entries} in this order. */
  public static byte[] of(List<byte[]> entries) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MAXIMUM_ENTRY_LENGTH) {
        throw new IllegalArgumentException("an entry is longer than 65,535 bytes");
      }
      bundle.write(entry.length >>> 8);
      bundle.write(entry.length);
      bundle.writeBytes(entry);
    }
    return bundle.toByteArray();
  }

  /**
   * The entries of a bundle; empty when the bytes are not exactly {@code count} entries.
   *
   * @param count how many entries there have to be, at most 256
   */
  public static Optional<List<byte[]>> parse(byte[] bundle, int count) {
    List<byte[]> entries = new ArrayList<>(count);
    int position = 0;
    while (position < bundle.length && entries.size() < count) {
      if (bundle.length - position < 2) {
        return Optional.empty();
      }
      int length = (bundle[position] & 0xff) << 8 | (bundle[position + 1] & 0xff);
      position += 2;
      if (bundle.length - position < length) {
        return Optional.empty();
      }
      entries.add(Arrays.copyOfRange(bundle, position, position + length));
      position += length;
    }
    boolean whole = position == bundle.length && entries.size() == count;
    return whole ? Optional.of(entries) : Optional.empty();
  }
}
