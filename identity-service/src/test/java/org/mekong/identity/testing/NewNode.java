package org.mekong.identity.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mekong.log.testing.EmbeddedDatabase;

/** A node at its very first start: nobody administers, and a one-time token is printed. */
public final class NewNode implements QuarkusTestResourceLifecycleManager {
  private static final Pattern TOKEN = Pattern.compile("\\n {4}([A-Za-z0-9_-]{43})\\r?\\n");
  private static final String PRINTED = "test.mekong.printed";
  private final PrintStream before = System.out;

  @Override
  public Map<String, String> start() {
    EmbeddedDatabase database = EmbeddedDatabase.shared();
    String name = "identity_new_" + ProcessHandle.current().pid() + "_" + System.nanoTime();
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl(name));
    settings.put("quarkus.datasource.username", database.user());
    settings.put("quarkus.datasource.password", database.password());
    try {
      settings.put(
          "identity.key.encryption-key-file", TestNode.encryptionKey("kek-" + name).toString());
      Path folder = Path.of("target", "test-node", name).toAbsolutePath();
      Files.createDirectories(folder);
      settings.put("identity.log.key-file", folder.resolve("log-{year}.key").toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    System.setOut(new PrintStream(new Overheard(before), true, StandardCharsets.UTF_8));
    return settings;
  }

  @Override
  public void stop() {
    System.setOut(before);
  }

  /** The token that the start printed. */
  public static String token() {
    Matcher printed = TOKEN.matcher(System.getProperty(PRINTED, ""));
    if (!printed.find()) {
      throw new IllegalStateException("no token was printed");
    }
    return printed.group(1);
  }

  /** For tests of such a node: no resource of other tests stands beside it. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(NewNode.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  /** Keeps what is printed beside the place where it goes: across class loaders. */
  private static final class Overheard extends OutputStream {
    private final PrintStream to;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Overheard(PrintStream to) {
      this.to = to;
    }

    @Override
    public synchronized void write(int character) {
      heard.write(character);
      to.write(character);
    }

    @Override
    public synchronized void flush() {
      to.flush();
      String text = heard.toString(StandardCharsets.UTF_8);
      if (TOKEN.matcher(text).find()) {
        System.setProperty(PRINTED, text);
      }
    }
  }
}
