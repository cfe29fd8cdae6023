package org.mekong.registry.bulk.row;

/** Reads rows of one file. Not thread-safe. */
@FunctionalInterface
public interface RowParser {

  /**
   * Reads a row.
   *
   * @param number its number in the file
   * @param row its bytes without line end, in UTF-8
   */
  SourceRow parse(long number, byte[] row);
}
