package org.mekong.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.local.machine.ClassCache;
import org.mekong.local.machine.Console;
import org.mekong.local.machine.Database;
import org.mekong.local.machine.ServiceProcess;
import org.mekong.local.machine.StartException;
import org.mekong.local.machine.Watchdog;
import org.mekong.local.nation.CitizensPortal;
import org.mekong.local.nation.Nation;
import org.mekong.local.nation.Nation.Part;
import org.mekong.local.nation.NodeFiles;
import org.mekong.local.nation.ServiceProperties;
import org.mekong.log.command.TrustedTls;
import org.mekong.portal.Portal;

/**
 * The running whole: a database and the services of one or more nations. Closing it stops what it
 * started, in order.
 */
final class Platform implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Settings settings;
  private final NodeFiles files;
  private final Console console;
  private final Watchdog watchdog;
  private final List<ServiceProcess> services = new ArrayList<>();
  private final List<Portal> portals = new ArrayList<>();
  private @Nullable Database database;
  private boolean closed;

  /**
   * What to start.
   *
   * @param project the folder of the checkout
   * @param doors by which port other nations' gateways reach a nation's, where it is not its own
   * @param external a PostgreSQL that is there already; absent: an embedded one is started
   * @param join whether another launcher runs on the same data, whose PostgreSQL is used
   * @param training whether the services of the first nation write their class caches at the end
   */
  record Settings(
      Path project,
      NodeFiles files,
      int basePort,
      List<Nation> nations,
      Map<Nation, Integer> doors,
      Optional<External> external,
      boolean join,
      boolean training) {
    Settings {
      nations = List.copyOf(nations);
      doors = Map.copyOf(doors);
    }

    int databasePort() {
      return basePort + 32;
    }
  }

  /** A PostgreSQL that somebody else runs. */
  record External(String url, String user, String password) {}

  private Platform(Settings settings, Console console, Watchdog watchdog) {
    this.settings = settings;
    this.files = settings.files();
    this.console = console;
    this.watchdog = watchdog;
  }

  /**
   * Prepares; {@link #start} does the work, so that a signal in the middle of it finds something to
   * close.
   */
  static Platform prepare(Settings settings, Console console) throws IOException {
    return new Platform(settings, console, Watchdog.start());
  }

  /** Starts everything and waits until all services are ready. */
  void start(Clock clock) throws IOException, StartException, SQLException, InterruptedException {
    checkPorts();
    if (settings.join() && !files.complete()) {
      throw new StartException("--join: no platform was ever started in " + files.root());
    }
    if (!files.complete()) {
      console.step("Making a test authority, certificates and keys");
      files.create(clock.instant());
      console.done("");
    }
    if (!files.known().containsAll(settings.nations())) {
      throw new StartException(
          files.root() + " was made before this nation was known: start once with --fresh");
    }
    files.prepareLogKeys();
    files.signAgreements(settings.project().resolve("deploy/local/agreements"));
    files.writePolicies(settings.basePort());
    Map<Nation, Map<Part, Path>> jars = findJars();
    console.step(
        settings.external().isPresent() || settings.join()
            ? "Connecting to PostgreSQL"
            : "Starting PostgreSQL");
    Database db = startDatabase();
    for (Nation nation : settings.nations()) {
      ServiceProperties properties =
          new ServiceProperties(
              files, nation, settings.basePort(), settings.nations(), settings.doors());
      for (Part part : Part.ALL) {
        String name = nation.lower() + "_" + part.feature();
        properties.write(part, db.provide(name, files.service(nation, part)));
      }
    }
    console.done(db.url(""));
    startServices(jars);
    if (!settings.join()) {
      writeServiceList();
    }
  }

  private void checkPorts() throws StartException {
    List<Integer> ports = new ArrayList<>();
    for (Nation nation : settings.nations()) {
      Part.ALL.forEach(part -> ports.add(nation.port(part, settings.basePort())));
      if (nation.founding()) {
        ports.add(nation.portal(settings.basePort()).getPort());
      }
    }
    Preflight.portsFree(ports);
    Preflight.memoryFor(settings.nations().size());
  }

  private Map<Nation, Map<Part, Path>> findJars() throws StartException {
    Map<Nation, Map<Part, Path>> jars = new LinkedHashMap<>();
    for (Nation nation : settings.nations()) {
      Map<Part, Path> ofNation = new LinkedHashMap<>();
      for (Part part : Part.ALL) {
        ofNation.put(part, Preflight.jarOf(settings.project(), part));
      }
      jars.put(nation, ofNation);
    }
    return jars;
  }

  private Database startDatabase() throws IOException, StartException {
    if (settings.external().isPresent()) {
      External external = settings.external().get();
      database = Database.external(external.url(), external.user(), external.password());
      return database;
    }
    if (settings.join()) {
      Database joined = Database.running(files.postgres(), settings.databasePort());
      database = joined;
      return joined;
    }
    Database.stopLeftover(files.postgres());
    Preflight.portsFree(List.of(settings.databasePort()));
    return guarded(Database.start(files.postgres(), settings.databasePort()));
  }

  private Database guarded(Database started) throws IOException {
    database = started;
    Optional<Long> pid = started.pid(files.postgres());
    if (pid.isPresent()) {
      watchdog.guardDatabase(pid.get());
    }
    return started;
  }

  /**
   * All start at once, and are waited for in order: on two cores that is quicker than one after the
   * other.
   */
  private void startServices(Map<Nation, Map<Part, Path>> jars)
      throws IOException, StartException, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(TrustedTls.trusting(files.authority()))
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    console.step("Starting the services of " + names(settings.nations()));
    for (Part part : Part.ALL) {
      for (Nation nation : settings.nations()) {
        ServiceProcess process =
            ServiceProcess.start(
                nation + " " + part.module(),
                jars.get(nation).get(part),
                cache(nation),
                files.service(nation, part),
                nation.url(part, settings.basePort()));
        services.add(process);
        watchdog.guardService(process.pid());
      }
    }
    int ready = 0;
    for (ServiceProcess service : services) {
      console.progress(ready++, services.size(), "");
      service.awaitReady(http, PATIENCE);
    }
    console.done(services.size() + " ready");
  }

  /**
   * Waits until the other nation has cosigned each log once: before that nothing crosses the
   * border.
   */
  void awaitWitnesses() throws IOException, StartException, InterruptedException {
    console.step("Each nation looks at the other's logs");
    HttpClient http =
        HttpClient.newBuilder().sslContext(TrustedTls.trusting(files.authority())).build();
    for (ServiceProcess service : services) {
      service.awaitHealth(http, PATIENCE, "\"servesAbroad\": true");
    }
    console.done("all " + services.size() + " logs are cosigned");
  }

  private ClassCache cache(Nation nation) {
    if (!settings.training()) {
      return ClassCache.USED;
    }
    return nation == settings.nations().getFirst() ? ClassCache.TRAINED : ClassCache.LEFT_OUT;
  }

  /** Stops the services that were trained, each of which writes its class cache as it ends. */
  void writeClassCaches() throws InterruptedException, StartException {
    console.step("Writing the class caches");
    Nation trained = settings.nations().getFirst();
    for (ServiceProcess service : services) {
      if (service.name().startsWith(trained.name())) {
        service.askToStop();
        service.awaitEnd(PATIENCE);
        requireCache(service);
      }
    }
    console.done("beside the services' jars; the next start takes them");
  }

  private void requireCache(ServiceProcess service) throws StartException {
    for (Part part : Part.ALL) {
      if (service.name().endsWith(" " + part.module())
          && !Files.exists(ClassCache.of(Preflight.jarOf(settings.project(), part)))) {
        throw new StartException(service.name() + " wrote no class cache; see " + service.log());
      }
    }
  }

  /** Starts a nation's application that people sign in to, once it is registered. */
  synchronized void startPortal(CitizensPortal portal, Clock clock) throws IOException {
    if (!closed) {
      portals.add(Portal.start(portal.settings(), clock));
    }
  }

  private static String names(List<Nation> nations) {
    return String.join(" and ", nations.stream().map(Nation::label).toList());
  }

  /** The list that {@code mekong status} reads. */
  private void writeServiceList() throws IOException {
    StringBuilder list = new StringBuilder("# name, base URL, path of the log of this year\n");
    for (Nation nation : settings.nations()) {
      for (Part part : Part.ALL) {
        list.append(nation).append('-').append(part.feature()).append(' ');
        list.append(nation.url(part, settings.basePort()))
            .append(" /log/")
            .append(files.year())
            .append('\n');
      }
    }
    Files.writeString(files.root().resolve("services.txt"), list);
  }

  /** The first that has ended by itself, if any: its name, and where its last words are. */
  Optional<String> firstEnded() throws IOException {
    if (databaseHasEnded()) {
      return Optional.of(
          "PostgreSQL has ended by itself; its log is "
              + files.postgres().resolve("postgresql.log"));
    }
    return services.stream()
        .filter(service -> ProcessHandle.of(service.pid()).isEmpty())
        .findFirst()
        .map(ended -> ended.name() + " has ended by itself; its log is " + ended.log());
  }

  private boolean databaseHasEnded() throws IOException {
    Database known = database;
    return known != null && known.hasEnded();
  }

  /** Starts the database again where it has ended by itself; whether it had. */
  synchronized boolean startDatabaseAgain() throws IOException, StartException {
    Database known = database;
    if (closed || known == null || !known.hasEnded()) {
      return false;
    }
    guarded(known.again(settings.databasePort()));
    return true;
  }

  /** Starts services again that have ended by themselves; returns those. */
  synchronized List<ServiceProcess> startEndedAgain() throws IOException {
    List<ServiceProcess> again = new ArrayList<>();
    for (int i = 0; !closed && i < services.size(); i++) {
      ServiceProcess ended = services.get(i);
      if (!ended.isAlive()) {
        watchdog.gone(ended.pid());
        ServiceProcess started = ended.again();
        services.set(i, started);
        watchdog.guardService(started.pid());
        again.add(started);
      }
    }
    return again;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    portals.forEach(Portal::close);
    services.forEach(ServiceProcess::askToStop);
    for (ServiceProcess service : services) {
      service.close();
      watchdog.gone(service.pid());
    }
    if (database != null) {
      Optional<Long> pid = database.pid(files.postgres());
      database.close();
      if (pid.isPresent()) {
        watchdog.gone(pid.get());
      }
    }
    watchdog.close();
  }
}
