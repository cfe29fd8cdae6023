package org.mekong.gateway.receipt;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.log.LogResource;
import org.mekong.log.LogSettings;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.TransparencyLog;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.MonthKeys;
import org.mekong.log.note.NoteSigner;

/** The transparency log of this gateway, one for each year. Safe for many threads. */
@ApplicationScoped
public class GatewayLog {

  private static final Logger LOG = Logger.getLogger(GatewayLog.class);

  private final TransparencyLog log;
  private final Commitments commitments;
  private final NoteSigner signer;
  private final int year;

  /**
   * Opens the log of this year.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public GatewayLog(
      LogConfig config,
      DataSource dataSource,
      Clock clock,
      @ConfigProperty(name = "mekong.nation") String nation) {
    this.year = Year.now(clock.withZone(ZoneOffset.UTC)).getValue();
    String origin = nation.toLowerCase(Locale.ROOT) + ".mekong.example/gateway/" + year;
    this.signer = LogKeyFiles.signer(config, origin);
    this.commitments =
        new Commitments(new MonthKeys(dataSource, LogKeyFiles.keyEncryptionKey(config), clock));
    this.log = TransparencyLog.open(dataSource, new LogSettings(origin, signer, clock));
    LOG.infof("Log %s, verifier key %s", origin, signer.verifierKey());
  }

  /** Appends in the caller's transaction: the entry becomes part of the log if that commits. */
  public PendingEntry append(Connection transaction, ExchangeEntry entry) throws SQLException {
    return log.append(transaction, entry.encode());
  }

  /**
   * Commits to a person of this nation, in the caller's transaction. What opens the commitment lies
   * in an ordinary table and can be erased.
   *
   * @return the commitment as it stands in an entry
   */
  public String commit(Connection transaction, String nation, String personalNumber, UUID requestId)
      throws SQLException {
    return commitments
        .commit(transaction, nation + ":" + personalNumber, requestId.toString())
        .text();
  }

  /** The receipt of an entry whose transaction was committed; waits until it is integrated. */
  public Receipt await(PendingEntry entry) {
    return log.await(entry);
  }

  /** The log itself, for those who keep it. */
  public TransparencyLog log() {
    return log;
  }

  /** A resource of the log of a year, such as {@code checkpoint} or {@code tile/0/000}. */
  public Optional<LogResource> read(int ofYear, String path) {
    return ofYear == year ? log.read(path) : Optional.empty();
  }

  /** The public key of the log of a year. */
  public Optional<String> verifierKey(int ofYear) {
    return ofYear == year ? Optional.of(signer.verifierKey().toString()) : Optional.empty();
  }

  /** The newest checkpoint, a signed note. */
  public byte[] checkpoint() {
    return log.checkpoint();
  }

  /** The year whose log is open. */
  public int year() {
    return year;
  }

  @PreDestroy
  void close() {
    log.close();
  }
}
