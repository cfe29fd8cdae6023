package org.mekong.log.witness;

import org.mekong.log.note.NoteSignature;

/** What became of submitting our newest checkpoint to one witness. */
public sealed interface Submission {
  /** The name of the witness, as in the policy. */
  String witness();

  /** One word for reports. */
  default String word() {
    return switch (this) {
      case Cosigned cosigned -> "cosigned";
      case Ahead ahead -> "ahead";
      case Forked forked -> "forked";
      case Refused refused -> "refused";
      case Unreachable unreachable -> "unreachable";
    };
  }

  /** The witness has cosigned it; the cosignature is verified. */
  record Cosigned(String witness, long size, NoteSignature cosignature) implements Submission {}

  /** The witness has cosigned a larger tree than we have: ours was rolled back. */
  record Ahead(String witness, long theirSize, long ourSize) implements Submission {}

  /** The witness has cosigned a tree that ours does not continue. */
  record Forked(String witness, long theirSize, long ourSize) implements Submission {}

  /** The witness does not cosign for another reason. */
  record Refused(String witness, int status, String reason) implements Submission {}

  /** No answer, or none that the protocol knows. */
  record Unreachable(String witness, String reason) implements Submission {}
}
