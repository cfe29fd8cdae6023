package org.mekong.log.verify;

import java.io.Serial;

/** A log is not what it claims to be: the first thing that is wrong with it. */
public final class LogFault extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Kind kind;

  /** What is wrong. */
  public enum Kind {
    /** The checkpoint is absent, malformed or not signed by a log that the policy knows. */
    CHECKPOINT,
    /** Too few witnesses have cosigned the checkpoint. */
    MISSING_COSIGNATURE,
    /** The newest cosignature is older than allowed. */
    STALE,
    /** The log has fewer entries than a checkpoint that is remembered. */
    SHRUNK,
    /** The log does not continue a checkpoint that is remembered. */
    FORK,
    /** An entry is not the one that the tree was built over. */
    CHANGED_ENTRY,
    /** An entry or a part of the tree is not there. */
    REMOVED_ENTRY,
    /** The tiles or the root do not fit the entries. */
    OTHER_TREE
  }

  LogFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
