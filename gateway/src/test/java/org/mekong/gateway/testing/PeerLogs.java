package org.mekong.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.receipt.ExchangeEntry;
import org.mekong.gateway.receipt.Leg;
import org.mekong.gateway.testing.PeerDouble.Lie;
import org.mekong.log.LogSettings;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;

/**
 * The logs of the peer double's gateway: the one that it publishes, one of another's, and a second
 * under the same key, which tells another past.
 */
public final class PeerLogs {

  static final String ORIGIN = "la.mekong.example/gateway/2026";
  static final String REGISTER = "la.mekong.example/registry/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final TransparencyLog log;
  private final TransparencyLog forgedLog;
  private final TransparencyLog fork;

  PeerLogs(DataSource database, DataSource forgedDatabase, DataSource forkDatabase) {
    this.log = open(database, signer);
    this.forgedLog = open(forgedDatabase, NoteSigner.generate(ORIGIN));
    this.fork = open(forkDatabase, signer);
  }

  private static TransparencyLog open(DataSource database, NoteSigner signer) {
    return TransparencyLog.open(database, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
  }

  TransparencyLog log() {
    return log;
  }

  /** How many entries the published log has. */
  public long size() {
    return size(log);
  }

  /** Has the published log be so much larger than the other past. */
  public void outgrowFork(long by) {
    growTo(log, size(fork) + by);
  }

  /** Has the other past have as many entries. */
  public void forkTo(long size) {
    growTo(fork, size);
  }

  /** The newest checkpoint of the other past. */
  public byte[] forkedCheckpoint() {
    return fork.signedCheckpoint();
  }

  private static void growTo(TransparencyLog log, long size) {
    for (long i = size(log); i < size; i++) {
      log.append(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static long size(TransparencyLog log) {
    try {
      return Checkpoint.parse(Note.parse(log.signedCheckpoint()).text()).size();
    } catch (NoteException e) {
      throw new IllegalStateException(e);
    }
  }

  NoteSigner signer() {
    return signer;
  }

  /** The receipt of an answer, or another than it. */
  String receipt(ExchangeRequest asked, SignedMessage<ExchangeAnswer> signed, Lie lie) {
    byte[] entry = entry(asked, signed.payload(), signed.digest());
    return switch (lie) {
      case RECEIPT_OF_ANOTHER_LOG -> forgedLog.append(entry).proof();
      case RECEIPT_OF_ANOTHER_ENTRY ->
          log.append(
                  entry(
                      asked, signed.payload(), SignedMessage.digest(UUID.randomUUID().toString())))
              .proof();
      case RECEIPT_DAMAGED ->
          log.append(entry).proof().replaceFirst("index [0-9]+", "index 999999");
      case RECEIPT_OF_A_FORK -> fork.append(entry).proof();
      default -> log.append(entry).proof();
    };
  }

  private static byte[] entry(ExchangeRequest asked, ExchangeAnswer answer, String digest) {
    Refusal because = answer.refusal();
    return ExchangeEntry.of(
            Leg.ANSWER,
            answer.requestId(),
            Instant.now(),
            asked.question(),
            asked.officer(),
            asked.legalBasis())
        .outcome(answer.outcome().wireName(), because == null ? null : because.rule())
        .digest(digest)
        .encode();
  }
}
