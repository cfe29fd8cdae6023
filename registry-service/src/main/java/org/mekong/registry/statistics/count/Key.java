package org.mekong.registry.statistics.count;

/**
 * What one figure counts; {@link Kind} says what the members mean.
 *
 * @param province code of the nation profile; empty for elsewhere or not stated
 * @param sex 1 male, 2 female, 0 not stated or not told apart
 */
public record Key(Kind kind, int month, String province, String other, int sex, int detail) {

  /** The figure of all persons. */
  public static final Key PERSONS = new Key(Kind.PERSON, 0, "", "", 0, 0);
}
