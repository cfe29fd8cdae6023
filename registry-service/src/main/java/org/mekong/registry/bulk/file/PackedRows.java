package org.mekong.registry.bulk.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Rows as they wait in the database: each behind its length, deflated together. */
public final class PackedRows {

  private PackedRows() {}

  /** The bytes of rows. */
  public static byte[] pack(List<byte[]> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, fast))) {
      for (byte[] row : rows) {
        out.writeInt(row.length);
        out.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  /** The rows of bytes. */
  public static List<byte[]> unpack(byte[] bytes, int rows) {
    List<byte[]> unpacked = new ArrayList<>(rows);
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(
                new ByteArrayInputStream(bytes), new java.util.zip.Inflater(), 1 << 14))) {
      for (int i = 0; i < rows; i++) {
        byte[] row = new byte[in.readInt()];
        in.readFully(row);
        unpacked.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return unpacked;
  }
}
