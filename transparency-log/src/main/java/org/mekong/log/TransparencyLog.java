package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.storage.CosignedStore;
import org.mekong.log.storage.Pruner;
import org.mekong.log.storage.TileStore;

/**
 * An append-only log over PostgreSQL. Several instances, in one JVM or many, may append to the same
 * log: the database decides the order. Thread-safe.
 *
 * <p>The data source must hand out connections that are in no transaction, at the isolation level
 * READ COMMITTED; so {@link #await} and {@link #append(byte[])} are called outside of a transaction
 * that is bound to the thread. Every method throws {@link LogException} when the database fails.
 */
public final class TransparencyLog implements AutoCloseable {
  /** The SQL state of an append to a sealed log. */
  public static final String SEALED = "55000";

  private final DataSource database;
  private final LogSettings settings;
  private final LogStore store;
  private final PendingStore pendings;
  private final LogReader reader;
  private final Integrator integrator;
  private final Combiner combiner;
  private volatile @Nullable String refusal;

  private TransparencyLog(
      DataSource database,
      LogSettings settings,
      LogStore store,
      TileStore tiles,
      Integrator integrator) {
    this.database = database;
    this.settings = settings;
    this.store = store;
    this.pendings = new PendingStore(store.logId());
    this.reader = new LogReader(database, settings.origin(), store, tiles);
    this.integrator = integrator;
    this.combiner = new Combiner(integrator::step, integrator::release);
  }

  /**
   * A log that is stored.
   *
   * @param key its public key as a vkey; empty when it was not opened since that is kept
   */
  public record Known(String origin, Optional<String> key, boolean isSealed) {}

  /** The logs in a database whose origins start so, in the order of their origins. */
  public static List<Known> list(DataSource database, String originPrefix) {
    try (Connection connection = database.getConnection()) {
      return LogStore.list(connection, originPrefix);
    } catch (SQLException e) {
      throw new LogException("the logs cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a log, which is made when it is absent and the private key is there. What is stored is
   * checked: the head must be signed by this key and fit the right edge of the tree.
   *
   * @param database with the tables of {@code db/transparency-log} in it
   */
  public static TransparencyLog open(DataSource database, LogSettings settings) {
    try (Connection connection = database.getConnection()) {
      if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
        throw new LogException("the data source's isolation level is not READ COMMITTED");
      }
      String empty = new Checkpoint(settings.origin(), 0, MerkleHash.empty()).text();
      Optional<byte[]> checkpoint =
          settings.signer().map(signer -> new Note(empty, List.of(signer.sign(empty))).bytes());
      LogStore store = LogStore.open(connection, settings.key(), checkpoint);
      TileStore tiles = new TileStore(store.logId());
      Integrator integrator = new Integrator(database, settings, store, tiles);
      integrator.load(connection);
      return new TransparencyLog(database, settings, store, tiles, integrator);
    } catch (SQLException e) {
      throw new LogException("the log cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The identity of this log. */
  public String origin() {
    return settings.origin();
  }

  /**
   * Appends an entry in the caller's transaction: they are committed together or not at all. Pass
   * the result to {@link #await} after the commit.
   *
   * @param entry 1 to 65,535 bytes
   * @throws SQLException when the database fails, the log is sealed (SQL state {@value #SEALED}),
   *     or it refuses to append (58000)
   */
  public PendingEntry append(Connection callersTransaction, byte[] entry) throws SQLException {
    return append(callersTransaction, List.of(entry), false).getFirst();
  }

  /**
   * Appends entries, in one message to the database, for a caller who acknowledges nothing of the
   * transaction before {@link #await} has returned. The transaction's commit then does not wait for
   * the disk, and need not: the step that gives the entries their places commits after it, and
   * waits until the database's log is durable up to there. When the database dies in between, the
   * whole transaction is gone, as if it had failed.
   *
   * @return in the order of the entries
   */
  public List<PendingEntry> appendAwaited(Connection callersTransaction, List<byte[]> entries)
      throws SQLException {
    return entries.isEmpty() ? List.of() : append(callersTransaction, entries, true);
  }

  /**
   * Appends an entry in a transaction of its own together with what else is to be done in it: one
   * message to the database, whose commit it waits for.
   *
   * @param idle a connection in no transaction, which commits by itself
   * @throws SQLException of class 23 when a constraint refused the companion, or when the log is
   *     sealed; whatever it is, nothing was done
   */
  public PendingEntry append(Connection idle, PendingEntry.Companion with, byte[] entry)
      throws SQLException {
    requireAppendable(List.of(entry));
    return pendings.insertPendingAndCommit(idle, settings.origin(), with, entry);
  }

  private void requireAppendable(List<byte[]> entries) throws SQLException {
    entries.forEach(LogStore::requireEntry);
    String refused = refusal;
    if (refused != null) {
      throw new SQLNonTransientException(refused, "58000");
    }
  }

  private List<PendingEntry> append(Connection transaction, List<byte[]> entries, boolean awaited)
      throws SQLException {
    requireAppendable(entries);
    var pending = pendings.insertPending(transaction, settings.origin(), entries, awaited);
    if (pending.size() != entries.size()) {
      throw LogStore.sealed();
    }
    return pending;
  }

  /**
   * Writes to the database and to the log in one transaction with one wait for the disk: its
   * entries get their places at its commit, under a signed checkpoint.
   *
   * @throws SQLException when the database refused, or the log is sealed ({@value #SEALED})
   */
  public <T> T write(LogTransaction.Work<T> work) throws SQLException {
    requireAppendable(List.of());
    return LogTransaction.run(database, settings.origin(), pendings, integrator, work);
  }

  /**
   * Waits until a committed entry stands in the log and a checkpoint that covers it is signed. When
   * nobody else appends it is integrated at once, by this call.
   *
   * @throws LogException also when the entry was not committed
   */
  public Receipt await(PendingEntry entry) {
    return await(List.of(entry)).getFirst();
  }

  /**
   * Waits for several entries, which are integrated together: it takes the database no longer than
   * for one of them.
   *
   * @return in the order of the entries
   * @throws LogException also when one of them was not committed
   */
  public List<Receipt> await(List<PendingEntry> entries) {
    for (PendingEntry entry : entries) {
      if (!entry.origin().equals(settings.origin())) {
        throw new IllegalArgumentException("an entry of another log: " + entry.origin());
      }
    }
    requireUnrefused();
    var known = entries.stream().map(integrator::justPlaced).toList();
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).isEmpty()) {
        tickets.add(Ticket.forPending(entries.get(i)));
      }
    }
    Iterator<Receipt> settled =
        (tickets.isEmpty() ? List.<Receipt>of() : settle(tickets)).iterator();
    return known.stream()
        .map(
            place ->
                place.map(found -> Receipt.of(settings.origin(), found)).orElseGet(settled::next))
        .toList();
  }

  /**
   * Appends an entry in a transaction of its own, which it shares with others that wait.
   *
   * @param entry 1 to 65,535 bytes
   * @throws LogException also when the log is sealed
   */
  public Receipt append(byte[] entry) {
    LogStore.requireEntry(entry);
    return settle(List.of(Ticket.forNew(entry.clone()))).getFirst();
  }

  private List<Receipt> settle(List<Ticket> tickets) {
    requireUnrefused();
    combiner.settle(tickets);
    return tickets.stream().map(this::receipt).toList();
  }

  private Receipt receipt(Ticket ticket) {
    return switch (ticket.outcome()) {
      case Ticket.Outcome.Placed placed -> Receipt.of(settings.origin(), placed);
      case Ticket.Outcome.Found found -> receipt(found.index());
      case Ticket.Outcome.Failed(LogException.Sealed told) -> throw told;
      case Ticket.Outcome.Failed(LogException.Pruned told) -> throw told;
      case Ticket.Outcome.Failed failed ->
          throw new LogException(failed.why().getMessage(), failed.why());
      case Ticket.Outcome.Done done -> throw new IllegalStateException("not an entry: " + done);
      case null -> throw new IllegalStateException("a caller came back without an outcome");
    };
  }

  /**
   * The checkpoint to be shown to others: a signed note. It is the newest one with enough
   * cosignatures; as long as there is none, the newest one that the log has signed.
   */
  public byte[] checkpoint() {
    return reader.checkpoint();
  }

  /** The newest checkpoint that the log has signed, without cosignatures. */
  public byte[] signedCheckpoint() {
    return reader.signedCheckpoint();
  }

  /**
   * A static resource of c2sp.org/tlog-tiles.
   *
   * @param path beneath the prefix of the log: {@code checkpoint}, {@code tile/0/x001/067}, {@code
   *     tile/entries/000.p/3}
   * @return empty when there is no such resource, or not yet, or it was pruned
   */
  public Optional<LogResource> read(String path) {
    return reader.read(path);
  }

  /**
   * The receipt of an entry: against the newest cosigned checkpoint when that covers it, else
   * against the newest signed one.
   *
   * @throws IllegalArgumentException when the log has no such entry, or has pruned it
   */
  public Receipt receipt(long index) {
    return reader.receipt(index);
  }

  /**
   * The proof that the tree of {@code size} entries starts with that of {@code oldSize}.
   *
   * @return hashes of RFC 9162 section 2.1.4; none when the sizes are equal or {@code oldSize} is 0
   * @throws IllegalArgumentException unless {@code 0 <= oldSize <= size} and the log is that long
   */
  public List<byte[]> consistencyProof(long oldSize, long size) {
    return reader.consistencyProof(oldSize, size);
  }

  /**
   * Makes every further append fail: a witness has seen a history that this log does not continue.
   *
   * @param reason what the exceptions say
   */
  public void refuseAppends(String reason) {
    refusal = reason;
  }

  /**
   * Keeps a checkpoint of this log with cosignatures, which the caller has verified and found
   * enough, unless a newer one is kept already.
   *
   * @param cosignedAt when the newest of the cosignatures was made
   * @throws IllegalArgumentException when the note is not signed by this log
   */
  public void keepCosigned(Note note, Instant cosignedAt) {
    try (Connection connection = database.getConnection()) {
      note.requireSignedBy(settings.key());
      long size = Checkpoint.parse(note.text()).size();
      CosignedStore.keep(
          connection, store.logId(), new CosignedStore.Cosigned(size, note.bytes(), cosignedAt));
    } catch (NoteException e) {
      throw new IllegalArgumentException("not a checkpoint of this log: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new LogException("the database failed: " + e.getMessage(), e);
    }
  }

  /** The public key of this log. */
  public VerifierKey verifierKey() {
    return settings.key();
  }

  /** Below which index entries were pruned; 0 when none were. */
  public long firstIndex() {
    return reader.firstIndex();
  }

  /** The entry at an index; empty when the log has none there, or has pruned it. */
  public Optional<byte[]> entry(long index) {
    return reader.entry(index);
  }

  /** How far cosigning is behind. */
  public Freshness freshness() {
    return reader.freshness();
  }

  /**
   * Integrates the pending entries of callers that did not wait, if there are any. To be called now
   * and then; {@link #append(byte[])} and {@link #await} do the same on their way.
   */
  public void integrate() {
    Ticket ticket = Ticket.forNobody();
    combiner.settle(List.of(ticket));
    if (ticket.outcome() instanceof Ticket.Outcome.Failed failed) {
      throw new LogException(failed.why().getMessage(), failed.why());
    }
  }

  /**
   * Seals the log: it integrates what is pending, waits for callers' transactions that have
   * appended, and takes no more entries ever. Sealing a sealed log changes nothing.
   *
   * @return its last checkpoint
   */
  public byte[] seal() {
    requireUnrefused();
    return integrator.anew().seal(true).orElseThrow();
  }

  /** Seals the log, unless a caller's transaction has appended and is not over: empty then. */
  public Optional<byte[]> sealIfIdle() {
    requireUnrefused();
    return integrator.anew().seal(false);
  }

  private void requireUnrefused() {
    String refused = refusal;
    if (refused != null) {
      throw new LogException(refused);
    }
  }

  /** Whether the log takes no more entries. */
  public boolean isSealed() {
    return reader.isSealed();
  }

  /**
   * Removes what lies wholly below an index, 256 entries at a time. Checkpoints and proofs stay as
   * they are, and every entry from the index on can still be proved.
   *
   * @throws IllegalArgumentException when the index is negative or beyond the log
   */
  public void prune(long minimumIndex) {
    if (minimumIndex < 0 || minimumIndex > freshness().size()) {
      throw new IllegalArgumentException("the log does not reach index " + minimumIndex);
    }
    try {
      Pruner.prune(database, store.logId(), reader.firstIndex(), minimumIndex);
      integrator.forgetPlaced();
    } catch (SQLException e) {
      throw new LogException("the database failed: " + e.getMessage(), e);
    }
  }

  /** Makes further appends of this instance fail; others go on. */
  @Override
  public void close() {
    refuseAppends("the log is closed");
  }
}
