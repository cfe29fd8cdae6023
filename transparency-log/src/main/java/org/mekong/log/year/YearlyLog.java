package org.mekong.log.year;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.log.LogException;
import org.mekong.log.LogSettings;
import org.mekong.log.LogTransaction;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.witness.Watch;

/**
 * The log of a service: one a year by UTC, under one roof. Entries go to this year's log; when the
 * year turns, to the new one, which is open and watched before it is needed. The finished one is
 * sealed once no transaction can append to it any more, and watched until its witnesses have
 * cosigned its last checkpoint. All years stay readable, also when their private keys are gone.
 *
 * <p>Several replicas may do so at the same time, with clocks that differ: what decides is the seal
 * in the database. A replica that comes late with an entry finds last year's log sealed and puts it
 * into this year's. Where the new year has no key, entries go on into last year's log, which stays
 * unsealed, until there is one: {@link #notice()} says so.
 *
 * <p>Thread-safe. One thread of its own beside those of the witnesses.
 */
public final class YearlyLog implements AutoCloseable {
  private static final Logger LOG = System.getLogger(YearlyLog.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** How long before the year's turn the next log is opened, so that its witnesses know it. */
  private static final Duration AHEAD = Duration.ofHours(1);

  /** How long before it a key that is not there yet is spoken of. */
  private static final Duration KEY_DUE = Duration.ofDays(30);

  /** How long after it replicas with late clocks may still append to the finished log. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  /** How often a key that is not there is looked for again. */
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

  private final DataSource database;
  private final LogKeys keys;
  private final Watch watch;
  private final Clock clock;
  private final NavigableMap<Integer, YearLog> years = new ConcurrentSkipListMap<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("yearly-log").unstarted(task));
  private volatile @Nullable YearLog current;
  private volatile @Nullable String notice;
  private volatile long overdueSince;

  private YearlyLog(DataSource database, LogKeys keys, Watch watch, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.watch = watch;
    this.clock = clock;
  }

  /**
   * Opens this year's log and those of earlier years, and keeps them until closed.
   *
   * @throws IllegalStateException naming the property of the key file, when there is no log that
   *     could take entries
   */
  public static YearlyLog open(DataSource database, LogKeys keys, Watch watch, Clock clock) {
    YearlyLog log = new YearlyLog(database, keys, watch, clock);
    try {
      log.openStored();
      YearLog now = log.turn(log.year());
      LOG.log(Level.INFO, "Log {0}, verifier key {1}", now.log().origin(), now.log().verifierKey());
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
    log.rounds.scheduleWithFixedDelay(
        log::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    return log;
  }

  /** Opens what is stored of years before this one, and of later ones that take entries already. */
  private void openStored() {
    for (TransparencyLog.Known known : TransparencyLog.list(database, keys.originPrefix())) {
      OptionalInt stored = yearOf(known.origin());
      if (stored.isEmpty() || stored.getAsInt() > year()) {
        continue;
      }
      int year = stored.getAsInt();
      Optional<NoteSigner> signer = known.isSealed() ? Optional.empty() : keys.find(year);
      if (signer.isPresent()) {
        add(year, new LogSettings(known.origin(), signer.get(), clock));
      } else if (known.key().isPresent()) {
        add(year, readable(known.origin(), known.key().get()));
      } else {
        LOG.log(Level.WARNING, keys.missing(year) + ": that log is not served");
      }
    }
  }

  private LogSettings readable(String origin, String key) {
    try {
      return new LogSettings(origin, VerifierKey.parse(key), Optional.empty(), clock);
    } catch (NoteException e) {
      throw new LogException("the stored public key of " + origin + " is malformed", e);
    }
  }

  private YearLog add(int year, LogSettings settings) {
    YearLog opened =
        new YearLog(
            year,
            TransparencyLog.open(database, settings),
            settings.signer().isPresent(),
            watch,
            clock);
    years.put(year, opened);
    return opened;
  }

  /** The log that entries go to now. */
  public TransparencyLog current() {
    return currentYear().log();
  }

  private YearLog currentYear() {
    YearLog now = current;
    boolean stays = now != null && !now.isSealed(false) && year() <= now.year();
    return stays ? now : turn(year());
  }

  /** Finds the first log from a year on that takes entries, and makes it the current one. */
  private YearLog turn(int year) {
    YearLog now = current;
    boolean waits = notice != null && System.nanoTime() - overdueSince < LOOK_AGAIN_NANOS;
    if (waits && now != null && !now.isSealed(false)) {
      return now;
    }
    synchronized (this) {
      now = current;
      int candidate = now == null ? year : Math.max(year, now.year());
      while (true) {
        Optional<YearLog> opened;
        try {
          opened = opened(candidate);
        } catch (IllegalStateException | LogException e) {
          return withoutKey(candidate, String.valueOf(e.getMessage()));
        }
        if (opened.isEmpty()) {
          return withoutKey(candidate, keys.missing(candidate));
        }
        if (!opened.get().isSealed(true)) {
          return become(opened.get());
        }
        candidate++;
      }
    }
  }

  private YearLog become(YearLog next) {
    YearLog before = current;
    if (before != next) {
      current = next;
      if (before != null) {
        LOG.log(Level.INFO, "The year has turned: entries go to {0}", next.log().origin());
      }
    }
    notice = null;
    return next;
  }

  /** Goes on with the newest log that takes entries. */
  private YearLog withoutKey(int year, String missing) {
    for (YearLog earlier : years.descendingMap().values()) {
      if (earlier.year() < year && earlier.signs() && !earlier.isSealed(true)) {
        if (!missing.equals(notice)) {
          LOG.log(
              Level.WARNING,
              missing + ": entries go on into " + earlier.log().origin() + ", which is not sealed");
        }
        notice = missing;
        overdueSince = System.nanoTime();
        current = earlier;
        return earlier;
      }
    }
    throw new IllegalStateException(missing);
  }

  private synchronized Optional<YearLog> opened(int year) {
    YearLog known = years.get(year);
    if (known != null && (known.signs() || known.isSealed(true))) {
      return Optional.of(known);
    }
    Optional<YearLog> signing =
        keys.find(year).map(signer -> add(year, new LogSettings(keys.origin(year), signer, clock)));
    if (signing.isPresent() && known != null) {
      known.close();
    }
    return signing;
  }

  /**
   * Appends an entry in the caller's transaction: they are committed together or not at all. Pass
   * the result to {@link #await} after the commit.
   *
   * @throws SQLException when the database fails, or the log refuses to append
   */
  public PendingEntry append(Connection callersTransaction, byte[] entry) throws SQLException {
    return unsealed(log -> log.append(callersTransaction, entry));
  }

  /**
   * Appends several entries for a caller who acknowledges nothing of the transaction before {@link
   * #await} has returned: in one message to the database, and its commit does not wait for the
   * disk.
   *
   * @see TransparencyLog#appendAwaited
   */
  public List<PendingEntry> appendAwaited(Connection callersTransaction, List<byte[]> entries)
      throws SQLException {
    return unsealed(log -> log.appendAwaited(callersTransaction, entries));
  }

  /**
   * Writes to the database and to this year's log in one transaction, with one wait for the disk.
   *
   * @throws SQLException when the database refused or is gone
   * @see TransparencyLog#write
   */
  public <T> T write(LogTransaction.Work<T> work) throws SQLException {
    return unsealed(log -> log.write(work));
  }

  @FunctionalInterface
  private interface Deed<T> {
    T on(TransparencyLog log) throws SQLException;
  }

  private <T> T unsealed(Deed<T> deed) throws SQLException {
    while (true) {
      YearLog now = currentYear();
      try {
        return deed.on(now.log());
      } catch (SQLException e) {
        // Another replica has sealed it: its clock is ahead of ours.
        if (!TransparencyLog.SEALED.equals(e.getSQLState()) || !now.isSealed(true)) {
          throw e;
        }
      }
    }
  }

  /** Waits until a committed entry stands in its log under a signed checkpoint. */
  public Receipt await(PendingEntry entry) {
    return await(List.of(entry)).getFirst();
  }

  /** Waits so for several entries, at least one, that were appended together. */
  public List<Receipt> await(List<PendingEntry> entries) {
    String origin = entries.getFirst().origin();
    return of(origin)
        .orElseThrow(() -> new LogException("there is no log " + origin + " here"))
        .await(entries);
  }

  /** The log of an origin. */
  public Optional<TransparencyLog> of(String origin) {
    OptionalInt year = yearOf(origin);
    return year.isEmpty() ? Optional.empty() : ofYear(year.getAsInt());
  }

  /** The log of a year, up to the one that takes entries now. */
  public Optional<TransparencyLog> ofYear(int year) {
    YearLog known = years.get(year);
    if (known == null && year == currentYear().year()) {
      known = years.get(year);
    }
    return Optional.ofNullable(known).map(YearLog::log);
  }

  /** The public key of a year's log; also of the next year's, as soon as there is one. */
  public Optional<VerifierKey> verifierKey(int year) {
    Optional<TransparencyLog> log = ofYear(year);
    if (log.isEmpty() && year == currentYear().year() + 1) {
      return keys.find(year).map(NoteSigner::verifierKey);
    }
    return log.map(TransparencyLog::verifierKey);
  }

  /** The year whose log takes entries now. */
  public int currentLogYear() {
    return currentYear().year();
  }

  /**
   * How the service's log stands with its witnesses: this year's, unless a witness contradicts an
   * earlier one.
   */
  public Standing standing() {
    YearLog now = currentYear();
    for (YearLog other : years.headMap(now.year(), false).values()) {
      Optional<Standing> standing = other.standing();
      if (standing.isPresent() && standing.get() instanceof Standing.Refused) {
        return standing.get();
      }
    }
    return now.standing().orElseGet(Standing.Waiting::new);
  }

  /** Age in seconds of the newest cosignature of this year's log, for a metric; NaN without one. */
  public double secondsSinceCosigned() {
    YearLog now = current;
    return now == null ? Double.NaN : now.secondsSinceCosigned();
  }

  /** Whether anybody else vouches for the log's past. */
  public boolean isWitnessed() {
    return watch.hasWitnesses();
  }

  /** What keeps the year from turning, or will; for the operator. */
  public Optional<String> notice() {
    String told = notice;
    if (told != null) {
      return Optional.of(told);
    }
    int next = currentYear().year() + 1;
    return clock.instant().isAfter(start(next).minus(KEY_DUE)) && keys.find(next).isEmpty()
        ? Optional.of(keys.missing(next))
        : Optional.empty();
  }

  /** How each year's log stands, the newest first. */
  public List<LogStatus> status() {
    YearLog now = currentYear();
    return years.descendingMap().values().stream().map(log -> log.status(log == now)).toList();
  }

  private void round() {
    try {
      YearLog now = currentYear();
      Instant instant = clock.instant();
      if (instant.isAfter(start(now.year() + 1).minus(AHEAD))) {
        opened(now.year() + 1);
      } else if (instant.isAfter(start(now.year() + 1).minus(KEY_DUE))) {
        keys.find(now.year() + 1); // makes it where that is allowed, so that others can be given it
      }
      for (YearLog past : years.headMap(now.year(), false).values()) {
        past.finish(instant.isAfter(start(past.year() + 1).plus(GRACE)));
      }
    } catch (RuntimeException e) {
      // The database or a file failed: the next round tries again.
      LOG.log(Level.DEBUG, "a round of the yearly log failed", e);
    }
  }

  private int year() {
    return Year.now(clock.withZone(ZoneOffset.UTC)).getValue();
  }

  private static Instant start(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private OptionalInt yearOf(String origin) {
    String year = origin.substring(Math.min(keys.originPrefix().length(), origin.length()));
    return origin.startsWith(keys.originPrefix()) && year.matches("[0-9]{4}")
        ? OptionalInt.of(Integer.parseInt(year))
        : OptionalInt.empty();
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    years.values().forEach(YearLog::close);
  }
}
