package org.mekong.registry.identifier;

/**
 * All numbers that share the same facts of birth: a prefix, then a serial of fixed width.
 *
 * @param prefix digits that the facts fix
 * @param width how many digits are free
 */
public record NumberBlock(String prefix, int width) {

  public NumberBlock {
    if (width < 1 || width > 9) {
      throw new IllegalArgumentException("A block has 1 to 9 free digits");
    }
  }

  /** How many numbers the block holds. */
  public int capacity() {
    return (int) Math.round(Math.pow(10, width));
  }

  /** The number with a serial from 0 to {@code capacity() - 1}. */
  public String number(int serial) {
    if (serial < 0 || serial >= capacity()) {
      throw new IllegalArgumentException("No such serial in this block");
    }
    String digits = Integer.toString(serial);
    return prefix + "0".repeat(width - digits.length()) + digits;
  }
}
