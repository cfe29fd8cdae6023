package org.mekong.registry.identifier;

/** The form of a nation's personal numbers. Pure and thread-safe. */
public interface NumberScheme {

  /** The block that a newborn with these facts gets a number from. */
  NumberBlock blockOf(BirthFacts facts);

  /** Whether a text has the form of a number; says nothing about whom it was given to. */
  boolean isWellFormed(String number);
}
