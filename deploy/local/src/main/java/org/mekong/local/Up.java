package org.mekong.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.SampleCitizen;
import org.mekong.client.TokenRefusedException;
import org.mekong.local.machine.ClassCache;
import org.mekong.local.machine.Console;
import org.mekong.local.machine.Folders;
import org.mekong.local.machine.ServiceProcess;
import org.mekong.local.machine.StartException;
import org.mekong.local.nation.CitizensPortal;
import org.mekong.local.nation.Nation;
import org.mekong.local.nation.NodeFiles;
import org.mekong.local.nation.Registration;
import org.mekong.local.nation.SampleCitizens;
import org.mekong.local.nation.ServiceProperties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code deploy/local/up}: starts the platform, fills it, plays the story, and stays until Ctrl-C.
 */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    version = "Mekong 0.1.0",
    description = {
      "Starts Mekong on this machine: PostgreSQL, a test authority, and three services for each nation.",
      "Fills the registers with synthetic people, asks one question across the border and shows the trace. Ctrl-C stops everything; the data stays for the next start."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deploy/local/up                        both nations, 10,000 persons each",
      "  deploy/local/up --persons 200000       a larger register (the first start fills it)",
      "  deploy/local/up --nation VN            one node",
      "  deploy/local/up --nation KH --join     a third nation, beside a platform that runs",
      "  deploy/local/up --once                 play the story and stop: for a script",
      "  deploy/local/up --train                write class caches, with which services start quicker",
      "  deploy/local/up --database-url jdbc:postgresql://db.example/postgres --database-user admin"
    })
public final class Up implements Callable<Integer> {

  @Option(
      names = "--persons",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "how many people each register is filled with at its first start (default: ${DEFAULT-VALUE})")
  private int persons;

  @Option(
      names = "--nation",
      paramLabel = "VN|LA|KH",
      description =
          "starts one node alone; without it, VN and LA. KH knows no other nation before administrators make it one of them")
  private @Nullable Nation nation;

  @Option(
      names = "--port",
      paramLabel = "BASE",
      defaultValue = "8100",
      description =
          "the services listen from this number on: VN at +11 to +14, LA at +111 to +114, KH at +211 to +213, PostgreSQL at +32 (default: ${DEFAULT-VALUE})")
  private int basePort;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where keys and data are kept (default: deploy/local/data)")
  private @Nullable Path data;

  @Option(
      names = "--join",
      description = "starts the node of --nation beside a platform that runs on the same data")
  private boolean join;

  @Option(names = "--once", description = "stops after the story")
  private boolean once;

  @Option(
      names = "--train",
      description =
          "plays the story on data of its own, keeps what the JVM has learnt about the services' classes for later starts, and stops (JDK 25 or newer)")
  private boolean train;

  @Option(names = "--fresh", description = "removes the data of earlier starts first")
  private boolean fresh;

  @Option(
      names = "--restart",
      description =
          "starts what has ended by itself again, PostgreSQL too, instead of stopping the rest")
  private boolean restart;

  @Option(
      names = "--door",
      paramLabel = "NATION=PORT",
      description =
          "the other nations' gateways reach this nation's by this port: for something that stands between them")
  private Map<Nation, Integer> doors = new EnumMap<>(Nation.class);

  @Option(
      names = "--database-url",
      paramLabel = "JDBC-URL",
      description = "uses this PostgreSQL instead of the embedded one")
  private @Nullable String databaseUrl;

  @Option(
      names = "--database-user",
      defaultValue = "postgres",
      description = "a user who may create databases and roles (default: ${DEFAULT-VALUE})")
  private String databaseUser = "postgres";

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "holds this user's password")
  private @Nullable Path databasePasswordFile;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Up())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println("Mekong does not start. " + failure);
                  return 1;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Console console = new Console(out, System::nanoTime, System.console() != null);
    try {
      return start(console);
    } catch (StartException e) {
      out.println();
      System.err.println("Mekong does not start. " + e.getMessage());
      return 1;
    }
  }

  private int start(Console console) throws Exception {
    if (persons < 1 || persons > ServiceProperties.MOST_PERSONS) {
      throw new StartException(
          "--persons takes a number from 1 to " + ServiceProperties.MOST_PERSONS);
    }
    if (join && (nation == null || fresh || databaseUrl != null)) {
      throw new StartException(
          "--join needs --nation, and neither --fresh nor --database-url: it uses what runs there");
    }
    Path project = Path.of(System.getProperty("mekong.project", "")).toAbsolutePath();
    if (train && !ClassCache.possible()) {
      throw new StartException("--train needs JDK 25 or newer; this is " + Runtime.version());
    }
    Path root = root(project);
    Clock clock = Clock.systemUTC();
    Platform.Settings settings =
        new Platform.Settings(
            project,
            new NodeFiles(root, clock.instant().atZone(ZoneOffset.UTC).getYear()),
            basePort,
            nation == null ? Nation.FOUNDING : List.of(nation),
            doors,
            external(),
            join,
            train);
    if (fresh || train) {
      Folders.delete(root);
    }
    Platform platform = Platform.prepare(settings, console);
    Thread stop = new Thread(() -> close(platform), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    platform.start(clock);
    boolean told = fillAndTell(platform, settings, console);
    if (train) {
      platform.writeClassCaches();
    }
    if (once || train) {
      return told ? 0 : 1;
    }
    console.say("Ctrl-C stops everything; the data stays in " + root + ".");
    return restart ? keepUp(platform, console) : stay(platform);
  }

  private Path root(Path project) {
    if (train) {
      return project.resolve("deploy/local/target/training");
    }
    return data == null ? project.resolve("deploy/local/data") : data.toAbsolutePath();
  }

  private boolean fillAndTell(Platform platform, Platform.Settings settings, Console console)
      throws IOException,
          InterruptedException,
          StartException,
          TokenRefusedException,
          AnswerInvalidException {
    for (Nation each : settings.nations()) {
      Registration registration = new Registration(settings.files(), each, basePort);
      registration.registerOffice();
      settings
          .files()
          .writeProfile(
              each,
              Registration.officeId(each),
              Registration.REGISTRY_OFFICE,
              basePort,
              settings.files().known());
      if (!each.founding()) {
        continue; // nobody is made up of it
      }
      console.step("Filling the register of " + each.label());
      long present = registration.populate(persons, console);
      console.done("%,d persons".formatted(present));
      if (each.founding()) {
        openPortal(
            platform, new CitizensPortal(settings.files(), each, basePort), registration, console);
      }
    }
    Story story = new Story(settings.files(), basePort, console);
    boolean told = true;
    if (settings.nations().size() > 1) {
      platform.awaitWitnesses();
      told =
          story.tell(story.residentNumber(new Registration(settings.files(), Nation.LA, basePort)));
    }
    story.doors(settings.nations());
    if (settings.nations().stream().anyMatch(Nation::founding)) {
      tellOfPortals(settings, console);
    }
    return told;
  }

  /** An application to sign in to, and people who can. */
  private static void openPortal(
      Platform platform, CitizensPortal portal, Registration registration, Console console)
      throws IOException, InterruptedException, StartException {
    if (!portal.hasCertificate()) {
      console.say(
          "The data of this earlier start hold no certificate for the citizens' portal: start with --fresh to have it.");
      return;
    }
    console.step("Opening the citizens' portal of " + portal.nation().label());
    registration.registerPortal(portal);
    int citizens =
        new SampleCitizens(portal.files(), portal.nation(), registration).present().size();
    platform.startPortal(portal, Clock.systemUTC());
    console.done(citizens + " citizens can sign in");
  }

  private void tellOfPortals(Platform.Settings settings, Console console) throws IOException {
    console.say("");
    console.say("Sign in as an invented citizen (number, password, secret of one-time codes):");
    for (Nation each : settings.nations()) {
      Path file = SampleCitizen.file(settings.files().root(), each.name());
      if (Files.notExists(file)) {
        continue;
      }
      console.say("     %s  %s/".formatted(each.label(), each.portal(basePort)));
      for (SampleCitizen citizen : SampleCitizen.read(file)) {
        console.say(
            "       %s  %s  %s"
                .formatted(citizen.personalNumber(), citizen.password(), citizen.totpSecret()));
      }
    }
    console.say("     deploy/local/mekong citizens shows them again, with their codes of now.");
  }

  private Optional<Platform.External> external() throws IOException {
    if (databaseUrl == null) {
      return Optional.empty();
    }
    String password =
        databasePasswordFile == null ? "" : Files.readString(databasePasswordFile).strip();
    return Optional.of(new Platform.External(databaseUrl, databaseUser, password));
  }

  private static int stay(Platform platform) throws InterruptedException, IOException {
    while (true) {
      Thread.sleep(1000);
      Optional<String> ended = platform.firstEnded();
      if (ended.isPresent()) {
        System.err.println(ended.get() + ". Stopping the rest.");
        return 1;
      }
    }
  }

  private static int keepUp(Platform platform, Console console)
      throws InterruptedException, IOException, StartException {
    while (true) {
      Thread.sleep(200);
      if (platform.startDatabaseAgain()) {
        console.say("PostgreSQL had ended and is started again.");
      }
      for (ServiceProcess again : platform.startEndedAgain()) {
        console.say(again.name() + " had ended and is started again.");
      }
    }
  }

  private static void close(Platform platform) {
    try {
      platform.close();
    } catch (IOException e) {
      System.err.println("Something did not stop: " + e.getMessage());
    }
  }
}
