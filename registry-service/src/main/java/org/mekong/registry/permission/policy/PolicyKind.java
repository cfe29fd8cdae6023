package org.mekong.registry.permission.policy;

/** The three kinds of things that a policy is made of. */
public enum PolicyKind {
  PURPOSE("purpose", "purposes"),
  FIELD_SET("field_set", "field-sets"),
  PERMISSION("permission", "permissions");

  private final String word;
  private final String path;

  PolicyKind(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /** The word in the table, and in what the log is told. */
  public String word() {
    return word;
  }

  /** The last part of the path that lists them. */
  public String path() {
    return path;
  }
}
