package org.mekong.log.witness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSignature;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;

/**
 * Asks witnesses to cosign our newest checkpoint, and keeps it with the cosignatures once they meet
 * the quorum. To be run about once a second. Thread-safe, though one round at a time is enough.
 */
public final class CosignatureCollector {
  private final TransparencyLog log;
  private final List<NamedWitness> witnesses;
  private final Policy.Quorum quorum;
  private final Map<String, Long> lastCosigned = new ConcurrentHashMap<>();
  private final Map<String, Submission> lastAsked = new ConcurrentHashMap<>();

  /**
   * @param witnesses with different names
   * @param quorum over these names
   */
  public CosignatureCollector(
      TransparencyLog log, List<NamedWitness> witnesses, Policy.Quorum quorum) {
    this.log = log;
    this.witnesses = List.copyOf(witnesses);
    this.quorum = quorum;
  }

  /**
   * A collector that asks the witnesses of a policy which have a URL there, and for the policy's
   * quorum.
   *
   * @param client with the TLS settings that the witnesses ask for
   * @param timeout of one call
   */
  public static CosignatureCollector of(
      TransparencyLog log, Policy policy, HttpClient client, Duration timeout) {
    List<NamedWitness> witnesses = new ArrayList<>();
    for (Policy.Witness witness : policy.witnesses()) {
      witness
          .url()
          .map(url -> new HttpWitness(client, url, timeout))
          .map(http -> new NamedWitness(witness.name(), witness.key(), http))
          .ifPresent(witnesses::add);
    }
    return new CosignatureCollector(log, witnesses, policy.quorum());
  }

  /** One round over all witnesses at the same time. */
  public List<Submission> collect() {
    Note note = newest();
    Checkpoint checkpoint = checkpoint(note);
    List<Submission> submissions = submitToAll(note, checkpoint);
    submissions.forEach(submission -> lastAsked.put(submission.witness(), submission));
    List<NoteSignature> signatures = new ArrayList<>(note.signatures());
    Set<String> cosigners = new LinkedHashSet<>();
    for (Submission submission : submissions) {
      if (submission instanceof Submission.Cosigned cosigned) {
        signatures.add(cosigned.cosignature());
        cosigners.add(cosigned.witness());
      }
    }
    if (!cosigners.isEmpty() && quorum.isMetBy(cosigners)) {
      log.keepCosigned(new Note(note.text(), signatures), newest(submissions));
    }
    return submissions;
  }

  /** What each witness has done, by what is stored and by the last round of this instance. */
  public List<WitnessReport> report() {
    Note kept = parse(log.checkpoint());
    long size = checkpoint(kept).size();
    return witnesses.stream().map(witness -> report(witness, kept, size)).toList();
  }

  private WitnessReport report(NamedWitness witness, Note kept, long size) {
    Submission last = lastAsked.get(witness.name());
    Optional<String> word = Optional.ofNullable(last).map(Submission::word);
    Optional<Instant> stored = cosignedAt(kept, witness);
    if (last instanceof Submission.Cosigned cosigned
        && (stored.isEmpty() || cosigned.size() >= size)) {
      return new WitnessReport(
          witness.name(),
          cosigned.size(),
          Optional.of(VerifierKey.cosignedAt(cosigned.cosignature())),
          word);
    }
    return new WitnessReport(witness.name(), stored.isPresent() ? size : 0, stored, word);
  }

  private static Optional<Instant> cosignedAt(Note note, NamedWitness witness) {
    try {
      return note.signaturesOf(witness.key()).stream()
          .map(VerifierKey::cosignedAt)
          .max(Comparator.naturalOrder());
    } catch (NoteException e) {
      return Optional.empty();
    }
  }

  private static Instant newest(List<Submission> submissions) {
    return submissions.stream()
        .filter(Submission.Cosigned.class::isInstance)
        .map(submission -> ((Submission.Cosigned) submission).cosignature())
        .map(VerifierKey::cosignedAt)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private List<Submission> submitToAll(Note note, Checkpoint checkpoint) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Submission>> running =
          witnesses.stream()
              .map(witness -> executor.submit(() -> submit(witness, note, checkpoint)))
              .toList();
      List<Submission> submissions = new ArrayList<>();
      for (Future<Submission> future : running) {
        submissions.add(future.get());
      }
      return submissions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while collecting cosignatures", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("collecting cosignatures failed", e.getCause());
    }
  }

  private Submission submit(NamedWitness witness, Note note, Checkpoint checkpoint) {
    try {
      long oldSize = Math.min(lastCosigned.getOrDefault(witness.name(), 0L), checkpoint.size());
      AddCheckpointAnswer answer = submit(witness, note, checkpoint.size(), oldSize);
      if (answer instanceof AddCheckpointAnswer.Conflict conflict
          && conflict.latestSize() <= checkpoint.size()
          && conflict.latestSize() != oldSize) {
        oldSize = conflict.latestSize();
        answer = submit(witness, note, checkpoint.size(), oldSize);
      }
      return judge(witness, note, checkpoint, oldSize, answer);
    } catch (IOException e) {
      return new Submission.Unreachable(witness.name(), String.valueOf(e.getMessage()));
    }
  }

  private AddCheckpointAnswer submit(NamedWitness witness, Note note, long size, long oldSize)
      throws IOException {
    List<byte[]> proof = log.consistencyProof(oldSize, size);
    return witness.witness().addCheckpoint(new AddCheckpointRequest(oldSize, proof, note));
  }

  private Submission judge(
      NamedWitness witness,
      Note note,
      Checkpoint checkpoint,
      long oldSize,
      AddCheckpointAnswer answer) {
    String name = witness.name();
    return switch (answer) {
      case AddCheckpointAnswer.Cosigned cosigned ->
          verified(witness, note, checkpoint, cosigned.cosignatures());
      case AddCheckpointAnswer.Conflict conflict -> {
        lastCosigned.remove(name);
        long theirs = conflict.latestSize();
        if (theirs > checkpoint.size()) {
          // Another replica of this log may have brought the witness further in the meantime.
          long ours = log.freshness().size();
          yield theirs > ours
              ? new Submission.Ahead(name, theirs, ours)
              : new Submission.Refused(name, 409, "another replica was quicker");
        }
        yield theirs == oldSize
            ? new Submission.Forked(name, theirs, checkpoint.size())
            : new Submission.Refused(name, 409, "its size changes from call to call");
      }
      case AddCheckpointAnswer.Refused refused ->
          refused.status() == 422
              ? new Submission.Forked(name, oldSize, checkpoint.size())
              : new Submission.Refused(name, refused.status(), refused.reason());
    };
  }

  private Submission verified(
      NamedWitness witness, Note note, Checkpoint checkpoint, List<NoteSignature> cosignatures) {
    try {
      Note cosigned = new Note(note.text(), cosignatures);
      NoteSignature cosignature = cosigned.requireSignedBy(witness.key());
      lastCosigned.put(witness.name(), checkpoint.size());
      return new Submission.Cosigned(witness.name(), checkpoint.size(), cosignature);
    } catch (NoteException e) {
      return new Submission.Refused(witness.name(), 200, e.getMessage());
    }
  }

  private Note newest() {
    return parse(log.signedCheckpoint());
  }

  private static Note parse(byte[] note) {
    try {
      return Note.parse(note);
    } catch (NoteException e) {
      throw new IllegalStateException("our own checkpoint is malformed", e);
    }
  }

  private static Checkpoint checkpoint(Note note) {
    try {
      return Checkpoint.parse(note.text());
    } catch (NoteException e) {
      throw new IllegalStateException("our own checkpoint is malformed", e);
    }
  }
}
