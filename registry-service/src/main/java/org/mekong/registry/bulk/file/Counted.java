package org.mekong.registry.bulk.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, and stops at a limit. Not thread-safe. */
public final class Counted extends FilterInputStream {

  private final Limit limit;
  private long count;

  /** Says no where too much was read. */
  @FunctionalInterface
  public interface Limit {

    /** Looks at how many bytes were read. */
    void check(long count);
  }

  /** Counts a stream. */
  public Counted(InputStream in, Limit limit) {
    super(in);
    this.limit = limit;
  }

  /** Bytes read so far. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    add(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    add(Math.max(read, 0));
    return read;
  }

  private void add(int read) {
    count += read;
    limit.check(count);
  }
}
