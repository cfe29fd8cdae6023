package org.mekong.registry.cursor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A cursor opens for what it was made for, as it was made. */
class SealedProperties {

  private static final byte[] SECRET = "of all replicas".getBytes(StandardCharsets.UTF_8);

  private final Sealed sealed = new Sealed(Long.BYTES, 16, SECRET::clone);

  private String cursor(long place, String of) {
    return sealed.seal(ByteBuffer.allocate(Long.BYTES).putLong(place), bytes(of));
  }

  private Optional<Long> place(String cursor, String of) {
    return sealed.open(cursor, bytes(of)).map(ByteBuffer::getLong);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Property
  void aCursorHoldsItsPlace(@ForAll long place, @ForAll String of) {
    assertEquals(Optional.of(place), place(cursor(place, of), of));
  }

  @Property
  void aCursorOfSomethingElseIsNone(@ForAll long place, @ForAll String of) {
    assertEquals(Optional.empty(), place(cursor(place, of), of + "!"));
  }

  @Property
  void aChangedCursorIsNone(@ForAll long place, @ForAll @IntRange(max = 199) int bit) {
    byte[] changed = Base64.getUrlDecoder().decode(cursor(place, ""));
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
    assertEquals(Optional.empty(), place(cursor, ""));
  }

  @Property
  void whateverElseComesIsNone(@ForAll String text) {
    assertTrue(place(text, "").isEmpty());
    assertTrue(place(cursor(1, "") + text + "A", "").isEmpty());
  }

  @Example
  void aCursorOfAnotherRegisterIsNone() {
    Sealed other = new Sealed(Long.BYTES, 16, () -> bytes("of another register"));
    assertTrue(other.open(cursor(1, ""), bytes("")).isEmpty());
  }

  @Example
  void aSecretThatCannotBeReadIsToldAndReadLater() {
    boolean[] away = {true};
    Sealed later =
        new Sealed(
            Long.BYTES,
            16,
            () -> {
              if (away[0]) {
                throw new SQLException("away", "08006");
              }
              return SECRET;
            });
    IllegalStateException told =
        assertThrows(IllegalStateException.class, () -> later.open(cursor(7, ""), bytes("")));
    assertTrue(told.getCause() instanceof SQLException);
    away[0] = false;
    assertTrue(later.open(cursor(7, ""), bytes("")).isPresent());
  }
}
