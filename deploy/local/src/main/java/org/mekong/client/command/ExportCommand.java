package org.mekong.client.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.client.Question;
import org.mekong.client.TokenRefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mekong export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Takes persons out of the register of one's own country into a file, for a purpose.",
      "Every person is told that they were read. The same command goes on where it was cut off: <file>.position says where."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file is whole",
      "1:refused",
      "2:the command line is wrong",
      "3:a service or a file could not be reached"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mekong export young.csv --purpose civil-registration --fields names,date_of_birth --province 44 --born-from 1990",
      "  mekong export all.ndjson --purpose civil-registration --fields names,sex"
    })
final class ExportCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final int AT_ONCE = 500;

  @Parameters(paramLabel = "FILE", description = "what is written; .csv or .ndjson")
  private Path file = Path.of("");

  @Option(names = "--purpose", required = true, description = "a purpose that the register knows")
  private String purpose = "";

  @Option(
      names = "--fields",
      required = true,
      split = ",",
      paramLabel = "FIELD",
      description = "fields of each person, with commas between")
  private List<String> fields = List.of();

  @Option(
      names = "--province",
      split = ",",
      paramLabel = "CODE",
      description = "only those who reside there; repeatable")
  private List<String> provinces = List.of();

  @Option(names = "--born-from", paramLabel = "YEAR", description = "only those born since")
  private @Nullable Integer bornFrom;

  @Option(names = "--born-to", paramLabel = "YEAR", description = "only those born until")
  private @Nullable Integer bornTo;

  @Mixin private final RegisterOptions register = new RegisterOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    RegisterDoor door = register.door("register.export", List.of(detail()));
    Path position = file.resolveSibling(file.getFileName() + ".position");
    String next;
    if (Files.exists(position)) {
      List<String> lines = Files.readAllLines(position, StandardCharsets.UTF_8);
      next = lines.getFirst();
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.truncate(Long.parseLong(lines.get(1)));
      }
      out.println("goes on   " + file);
    } else {
      RegisterDoor.Answer started = start(door);
      if (!started.isGood()) {
        out.println(started.refusal());
        return Mekong.NOT_VALID;
      }
      out.println("export    " + started.body().path("id").asText());
      next = started.body().path("persons").asText() + "?limit=" + AT_ONCE;
      Files.write(file, new byte[0]);
    }
    return pages(door, next, position, out);
  }

  private int pages(RegisterDoor door, String first, Path position, PrintWriter out)
      throws IOException, InterruptedException, TokenRefusedException {
    boolean table = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    Optional<String> next = Optional.of(first);
    while (next.isPresent()) {
      Files.writeString(position, next.get() + "\n" + Files.size(file) + "\n");
      HttpResponse<String> page =
          door.send(
              "GET",
              next.get(),
              Map.of("Accept", table ? "text/csv" : "application/x-ndjson"),
              HttpRequest.BodyPublishers.noBody(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (page.statusCode() != 200) {
        out.println(RegisterDoor.Answer.of(page).refusal());
        return Mekong.NOT_VALID;
      }
      Files.writeString(file, page.body(), StandardOpenOption.APPEND);
      next =
          page.headers()
              .firstValue("Link")
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(found -> found.group(1));
    }
    Files.delete(position);
    out.println("written   " + file);
    return 0;
  }

  private RegisterDoor.Answer start(RegisterDoor door)
      throws IOException, InterruptedException, TokenRefusedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("purpose", purpose);
    body.put("fields", fields);
    if (!provinces.isEmpty()) {
      body.put("provinces", provinces);
    }
    if (bornFrom != null) {
      body.put("bornFrom", bornFrom);
    }
    if (bornTo != null) {
      body.put("bornTo", bornTo);
    }
    return RegisterDoor.Answer.of(
        door.send(
            "POST",
            "/v1/exports",
            Map.of(
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                UUID.randomUUID().toString()),
            HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)),
            HttpResponse.BodyHandlers.ofString()));
  }

  private AuthorizationDetail detail() {
    return new AuthorizationDetail.Builder(new AuthorizationType("population_lookup"))
        .field("purpose", purpose)
        .field("kinds", Question.array(Stream.of("read")))
        .field("fields", Question.array(fields.stream()))
        .build();
  }
}
