package org.mekong.identity.access.conditional;

import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Problem;

/** The version of a thing as an entity tag: {@code "7"}. */
public final class Version {
  private Version() {}

  /** The entity tag of a version. */
  public static String tag(int version) {
    return '"' + Integer.toString(version) + '"';
  }

  /**
   * The version that {@code If-Match} names. Without the header the request is refused by 428, with
   * anything but one tag of ours by 412: no version of ours has such a tag.
   */
  public static int required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw Problem.PRECONDITION_REQUIRED.because(
          "Send If-Match with the ETag of what you have seen.");
    }
    if (!ifMatch.matches("\"[1-9][0-9]{0,8}\"")) {
      throw stale();
    }
    return Integer.parseInt(ifMatch.substring(1, ifMatch.length() - 1));
  }

  /** The refusal of a version that is no longer the one. */
  public static RuntimeException stale() {
    return Problem.PRECONDITION_FAILED.because("It was changed since, or was never so.");
  }
}
