package org.mekong.registry.disclosure;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.log.LogSettings;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;
import org.mekong.registry.nation.NationProfile;

/** The register's transparency log: one a year, opened at start and again when the year turns. */
@Singleton
public class RegistryLog {

  private static final Logger LOG = Logger.getLogger(RegistryLog.class);

  private final DataSource database;
  private final NationProfile profile;
  private final LogConfig config;
  private final Clock clock;
  private final Map<Integer, Opened> opened = new ConcurrentHashMap<>();

  RegistryLog(DataSource database, NationProfile profile, LogConfig config, Clock clock) {
    this.database = database;
    this.profile = profile;
    this.config = config;
    this.clock = clock;
  }

  /** A log with the public key that its checkpoints are signed by. */
  record Opened(TransparencyLog log, String verifierKey) {}

  void openAtStart(@Observes StartupEvent event) {
    LOG.infof("Log %s is open", current().origin());
  }

  void close(@Observes ShutdownEvent event) {
    opened.values().forEach(log -> log.log.close());
  }

  /** This year's log. */
  public TransparencyLog current() {
    return opened.computeIfAbsent(year(), this::open).log;
  }

  /** The log of an origin that this register has written to. */
  TransparencyLog of(String origin) {
    int year = Integer.parseInt(origin.substring(origin.lastIndexOf('/') + 1));
    return opened.computeIfAbsent(year, this::open).log;
  }

  /** The log of a year, when this service has opened it. */
  Optional<Opened> ofYear(int year) {
    return Optional.ofNullable(opened.get(year));
  }

  private int year() {
    return LocalDate.now(clock.withZone(profile.zone())).getYear();
  }

  private Opened open(int year) {
    String origin =
        profile.nation().name().toLowerCase(Locale.ROOT) + ".mekong.example/registry/" + year;
    NoteSigner signer = signer(origin, year);
    return new Opened(
        TransparencyLog.open(database, new LogSettings(origin, signer, clock)),
        signer.verifierKey().toString());
  }

  private NoteSigner signer(String origin, int year) {
    Path file = Path.of(config.keyFile().toString().replace("{year}", Integer.toString(year)));
    String key =
        KeyFile.read(
            "registry.log.key-file",
            file,
            config.generateKey(),
            () -> NoteSigner.generate(origin).encoded());
    try {
      NoteSigner signer = NoteSigner.parse(key);
      if (!signer.name().equals(origin)) {
        throw new IllegalStateException(
            "registry.log.key-file: the key is of " + signer.name() + ", the log is " + origin);
      }
      return signer;
    } catch (NoteException e) {
      throw new IllegalStateException("registry.log.key-file: " + file + " holds no log key", e);
    }
  }
}
