package org.mekong.registry.identifier;

/** The form of a nation's personal numbers. Pure and thread-safe. */
public interface NumberScheme {

  /** The block that a newborn with these facts gets a number from. */
  NumberBlock blockOf(BirthFacts facts);

  /** How many digits of every number are free; the block's prefix is the rest. */
  int width();

  /** How many signs every number has. */
  int length();

  /** Whether a text has the form of a number; says nothing about whom it was given to. */
  boolean isWellFormed(String number);

  /**
   * Whether a text has the form of a number of an identity card that was given before there were
   * personal numbers.
   */
  boolean isWellFormedEarlier(String number);
}
