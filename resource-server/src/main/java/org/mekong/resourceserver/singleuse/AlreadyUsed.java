package org.mekong.resourceserver.singleuse;

/** A thing that may be used once was used before. */
public final class AlreadyUsed extends Exception {
  private static final long serialVersionUID = 1;

  public AlreadyUsed(SingleUse use) {
    super(use.kind() + " was used before");
  }
}
