package org.mekong.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.client.TokenRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mekong import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Brings a file of persons into the register of one's own country.",
      "The file is NDJSON (.ndjson, .jsonl) or CSV (.csv), in UTF-8, also compressed (.gz). A file that was sent before is not sent twice: the command finds its import again and goes on watching."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file was taken; with --watch, every row is in (or would be, with --dry-run)",
      "1:the file was refused, or rows of it: with --watch, the problems are in a file",
      "2:the command line is wrong",
      "3:a service or a file could not be reached"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mekong import persons.csv --dry-run --watch",
      "  mekong import persons.csv.gz --node https://localhost:9412 --watch",
      "  mekong import --id 019b76da-a800-7000-8000-000000000001 --watch"
    })
final class ImportCommand implements Callable<Integer> {
  private static final String IMPORTS = "/admin/v1/imports";
  private static final long PAUSE_MILLIS = 500;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "persons, as NDJSON or CSV")
  private @Nullable Path file;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "an import that was begun before, instead of a file")
  private @Nullable String id;

  @Mixin private final RegisterOptions register = new RegisterOptions();

  @Option(names = "--dry-run", description = "checks every row and stores none")
  private boolean dryRun;

  @Option(
      names = "--stop-on-problem",
      description = "stores nothing unless every row keeps the rules")
  private boolean stop;

  @Option(names = "--watch", description = "shows how far it is until it has ended")
  private boolean watch;

  @Option(
      names = "--problems",
      paramLabel = "FILE",
      description = "where the problems of refused rows go; default: <file>.problems.csv")
  private @Nullable Path problems;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    CommandSpec self = Objects.requireNonNull(spec);
    if ((file == null) == (id == null)) {
      throw new ParameterException(
          self.commandLine(), "name either a file or, with --id, an import");
    }
    PrintWriter out = self.commandLine().getOut();
    RegisterDoor door = register.door("register.import", List.of());
    String begun = id;
    if (begun == null) {
      RegisterDoor.Answer answer = send(door, Objects.requireNonNull(file), self);
      if (answer.isGood()) {
        begun = answer.body().path("id").asText();
        out.println("import    " + begun);
      } else if (answer.status() == 409 && answer.body().hasNonNull("import")) {
        begun = answer.body().path("import").asText();
        out.println("import    " + begun + ", to which this file was sent before");
      } else {
        out.println(answer.refusal());
        return Mekong.NOT_VALID;
      }
    }
    if (!watch) {
      out.println("watch it  mekong import --id " + begun + " --watch");
      return 0;
    }
    return watch(door, begun, out);
  }

  private RegisterDoor.Answer send(RegisterDoor door, Path from, CommandSpec self)
      throws IOException, InterruptedException, TokenRefusedException {
    if (!Files.isReadable(from)) {
      throw new IOException("cannot read " + from);
    }
    Map<String, String> headers = new HashMap<>();
    String name = from.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      headers.put("Content-Encoding", "gzip");
      name = name.substring(0, name.length() - ".gz".length());
    }
    headers.put("Content-Type", mediaType(name, self));
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    String query = "?dryRun=" + dryRun + "&onProblem=" + (stop ? "stop" : "continue");
    return RegisterDoor.Answer.of(
        door.send(
            "POST",
            IMPORTS + query,
            headers,
            HttpRequest.BodyPublishers.ofFile(from),
            HttpResponse.BodyHandlers.ofString()));
  }

  private static String mediaType(String name, CommandSpec self) {
    if (name.endsWith(".csv")) {
      return "text/csv; charset=utf-8";
    }
    if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
      return "application/x-ndjson";
    }
    throw new ParameterException(
        self.commandLine(), "the file's name ends in .csv, .ndjson or .jsonl, with or without .gz");
  }

  private int watch(RegisterDoor door, String begun, PrintWriter out)
      throws IOException, InterruptedException, TokenRefusedException {
    boolean shown = System.console() != null;
    int tenths = 0;
    while (true) {
      RegisterDoor.Answer answer = door.get(IMPORTS + "/" + begun);
      if (!answer.isGood()) {
        out.println(answer.refusal());
        return Mekong.NOT_VALID;
      }
      JsonNode view = answer.body();
      if (ImportProgress.hasEnded(view)) {
        out.println((shown ? "\r" : "") + ImportProgress.line(view));
        return end(door, view, out);
      }
      if (shown) {
        out.print("\r" + ImportProgress.line(view) + "   ");
      } else if (ImportProgress.tenths(view) != tenths) { // a file or a pipe gets a line at times
        tenths = ImportProgress.tenths(view);
        out.println(ImportProgress.line(view));
      }
      out.flush();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private int end(RegisterDoor door, JsonNode view, PrintWriter out)
      throws IOException, InterruptedException, TokenRefusedException {
    out.println("state     " + view.path("state").asText());
    out.printf(
        Locale.ROOT,
        "rows      %,d accepted, %,d refused, in %.1f s%n",
        view.path("accepted").asLong(),
        view.path("refused").asLong(),
        view.path("seconds").asDouble());
    if (view.hasNonNull("reason")) {
      out.println("reason    " + view.path("reason").asText());
    }
    if (ImportProgress.isWhole(view)) {
      return 0;
    }
    Path into = problems;
    if (into == null) {
      into = Path.of((file == null ? view.path("id").asText() : file.toString()) + ".problems.csv");
    }
    HttpResponse<Path> response =
        door.send(
            "GET",
            view.path("problems").asText(),
            Map.of("Accept", "text/csv"),
            HttpRequest.BodyPublishers.noBody(),
            HttpResponse.BodyHandlers.ofFile(into));
    if (response.statusCode() != 200) {
      throw new IOException("the problems could not be fetched: " + response.statusCode());
    }
    out.println("problems  " + into);
    return Mekong.NOT_VALID;
  }
}
