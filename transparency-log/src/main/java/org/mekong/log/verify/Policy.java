package org.mekong.log.verify;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.KeyType;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSignature;
import org.mekong.log.note.StrictText;
import org.mekong.log.note.VerifierKey;

/**
 * Which logs and witnesses are trusted, and how many witnesses are enough: c2sp.org/tlog-policy.
 *
 * @param logs accepted logs; a log's key name is its origin
 * @param witnesses known witnesses
 * @param quorum what a set of cosigning witnesses has to meet
 */
public record Policy(List<Log> logs, List<Witness> witnesses, Quorum quorum) {
  public Policy {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
    logs.forEach(log -> requireType(log.key(), KeyType.LOG));
    witnesses.forEach(witness -> requireType(witness.key(), KeyType.COSIGNER));
    requireDistinct(witnesses.stream().map(Witness::name).toList());
    requireDistinct(
        witnesses.stream().map(witness -> StrictText.base64(witness.key().publicKey())).toList());
  }

  /** A trusted log, and where it is served if that is known. */
  public record Log(VerifierKey key, Optional<URI> url) {}

  /** A known witness; its name means something only within the policy. */
  public record Witness(String name, VerifierKey key, Optional<URI> url) {}

  /** A rule over the names of the witnesses that have cosigned. */
  public sealed interface Quorum {
    /** Whether the witnesses of these names are enough. */
    boolean isMetBy(Set<String> cosigners);

    /** No witness is needed. */
    record None() implements Quorum {
      @Override
      public boolean isMetBy(Set<String> cosigners) {
        return true;
      }
    }

    /** This one witness is needed. */
    record One(String witness) implements Quorum {
      @Override
      public boolean isMetBy(Set<String> cosigners) {
        return cosigners.contains(witness);
      }
    }

    /** At least {@code threshold} of the members are needed. */
    record Group(int threshold, List<Quorum> members) implements Quorum {
      public Group {
        members = List.copyOf(members);
        if (threshold < 1 || threshold > members.size()) {
          throw new IllegalArgumentException("a threshold of " + threshold);
        }
      }

      @Override
      public boolean isMetBy(Set<String> cosigners) {
        return members.stream().filter(member -> member.isMetBy(cosigners)).count() >= threshold;
      }
    }
  }

  /** A policy that trusts these logs and asks for no witness. */
  public static Policy ofLogs(VerifierKey... logs) {
    List<Log> trusted = new ArrayList<>();
    for (VerifierKey log : logs) {
      trusted.add(new Log(log, Optional.empty()));
    }
    return new Policy(trusted, List.of(), new Quorum.None());
  }

  /**
   * Verifies that a checkpoint is signed by a trusted log for its origin, and cosigned by enough
   * witnesses.
   *
   * @throws ProofException naming the first thing that is wrong
   */
  public VerifiedCheckpoint verify(Note note) throws ProofException {
    VerifiedCheckpoint verified = verifySignatures(note);
    if (!quorum.isMetBy(Set.copyOf(verified.cosigners()))) {
      throw new ProofException(
          "missing cosignature: the checkpoint is cosigned by " + verified.cosigners() + " only");
    }
    return verified;
  }

  /**
   * Verifies the signatures of log and witnesses as {@link #verify} does, without asking whether
   * the witnesses are enough.
   */
  VerifiedCheckpoint verifySignatures(Note note) throws ProofException {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      requireSignedByLog(note, checkpoint.origin());
      Set<String> cosigners = new LinkedHashSet<>();
      Optional<Instant> newest = Optional.empty();
      for (Witness witness : witnesses) {
        for (NoteSignature signature : note.signaturesOf(witness.key())) {
          cosigners.add(witness.name());
          Instant time = VerifierKey.cosignedAt(signature);
          newest = newest.filter(other -> other.isAfter(time)).or(() -> Optional.of(time));
        }
      }
      return new VerifiedCheckpoint(checkpoint, List.copyOf(cosigners), newest);
    } catch (NoteException e) {
      throw new ProofException("the checkpoint does not verify: " + e.getMessage(), e);
    }
  }

  private void requireSignedByLog(Note note, String origin) throws NoteException, ProofException {
    boolean known = false;
    for (Log log : logs) {
      if (log.key().name().equals(origin)) {
        known = true;
        if (!note.signaturesOf(log.key()).isEmpty()) {
          return;
        }
      }
    }
    throw new ProofException(
        known
            ? "the checkpoint is not signed by the key of its log"
            : "the checkpoint is of a log that the policy does not know");
  }

  /** Nobody is to count twice. */
  private static void requireDistinct(List<String> values) {
    if (Set.copyOf(values).size() != values.size()) {
      throw new IllegalArgumentException("two witnesses have the same name or key");
    }
  }

  private static void requireType(VerifierKey key, KeyType type) {
    if (key.type() != type) {
      throw new IllegalArgumentException("the key " + key.name() + " is not of type " + type);
    }
  }
}
