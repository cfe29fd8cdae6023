package org.mekong.registry.bulk.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.BulkConfig;
import org.mekong.registry.bulk.file.Counted;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.bulk.file.FormException;
import org.mekong.registry.bulk.file.RowReader;
import org.mekong.registry.bulk.row.Header;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.LimitConfig;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.transaction.Transaction;

/**
 * Takes files in: looks at their form while they arrive, and keeps their rows chunk by chunk, so
 * that a file is in memory nowhere. Who hears that a file was taken may forget it. A file that does
 * not arrive whole leaves nothing.
 */
@ApplicationScoped
class Uploads {

  private static final Logger LOG = Logger.getLogger(Uploads.class);
  private static final int LARGEST_CHUNK = 1 << 20;
  private static final long EXPANSION_FROM = 1 << 20;

  private final BulkConfig config;
  private final LimitConfig limits;
  private final DataSource database;
  private final Imports imports;
  private final Chunks chunks;
  private final Operations operations;
  private final ObjectMapper json;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();

  Uploads(
      BulkConfig config,
      LimitConfig limits,
      DataSource database,
      Imports imports,
      Chunks chunks,
      Operations operations,
      ObjectMapper json,
      Clock clock) {
    this.config = config;
    this.limits = limits;
    this.database = database;
    this.imports = imports;
    this.chunks = chunks;
    this.operations = operations;
    this.json = json;
    this.clock = clock;
  }

  /**
   * What is asked with a file.
   *
   * @param packed whether the body is compressed by gzip
   */
  record Request(FileFormat format, boolean packed, boolean dryRun, Import.OnProblem onProblem) {}

  /**
   * Takes a file in, once for a key.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when its form does not hold, or it was
   *     taken in before
   */
  Outcome receive(OperationKey key, Request request, InputStream body)
      throws SQLException, IOException {
    Instant now = clock.instant();
    UUID id = UuidV7.of(now.toEpochMilli(), random);
    Import of =
        new Import(
            id,
            key.caller(),
            request.format(),
            null,
            request.dryRun(),
            request.onProblem(),
            Import.State.UPLOADING,
            !request.dryRun() && request.onProblem() == Import.OnProblem.CONTINUE,
            0,
            0,
            null,
            now,
            null,
            null);
    Transaction.run(database, transaction -> imports.begin(transaction, of));
    boolean taken = false;
    try {
      Outcome outcome = finish(key, request, of, new Arrival(of).read(body, request));
      taken = outcome.location().getPath().endsWith(id.toString());
      return outcome;
    } catch (FormException e) {
      throw Problem.invalid(List.of(e.violation()));
    } finally {
      if (!taken) {
        forget(id);
      }
    }
  }

  private Outcome finish(OperationKey key, Request request, Import of, Arrived arrived)
      throws SQLException {
    byte[] digest =
        operations.digest(
            "import",
            HexFormat.of().formatHex(arrived.digest()),
            request.format().code(),
            request.dryRun(),
            request.onProblem().code());
    return operations.once(
        key,
        digest,
        transaction -> {
          Optional<Import> before =
              request.dryRun()
                  ? Optional.empty()
                  : imports.ofFile(transaction, key.caller(), arrived.digest());
          if (before.isPresent()) {
            throw Problem.CONFLICT.because(
                "This very file was taken in before, as import " + before.get().id() + ".",
                "import",
                before.get().id());
          }
          imports.arrived(
              transaction,
              of.id(),
              arrived.header(),
              arrived.digest(),
              arrived.bytes(),
              arrived.rows());
          ImportView view =
              ImportView.of(
                  imports.find(transaction, of.id()).orElseThrow(),
                  new Chunks.Progress(0, 0, 0, null, 1),
                  clock.instant());
          return new Outcome(202, URI.create("/admin/v1/imports/" + of.id()), write(view));
        });
  }

  private String write(ImportView view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a worker finds later, where this does not succeed. */
  private void forget(UUID id) {
    try {
      Transaction.run(database, transaction -> imports.forget(transaction, id));
    } catch (SQLException e) {
      LOG.warnf("The rest of an upload stays for a while: %s", e.getSQLState());
    }
  }

  private record Arrived(@Nullable String header, byte[] digest, long bytes, long rows) {}

  /** A file that arrives. */
  private final class Arrival {
    private final Import of;
    private final List<byte[]> rows = new ArrayList<>();
    private int size;
    private int number;
    private long first = 1;

    Arrival(Import of) {
      this.of = of;
    }

    Arrived read(InputStream body, Request request)
        throws IOException, FormException, SQLException {
      MessageDigest digest = sha256();
      Counted sent = new Counted(body, Uploads.this::checkSent);
      Counted content =
          new Counted(request.packed() ? unpacked(sent) : sent, count -> checkFile(count, sent));
      DigestInputStream digested = new DigestInputStream(content, digest);
      RowReader reader = new RowReader(digested, request.format(), (int) limits.body());
      try {
        String header = request.format() == FileFormat.CSV ? header(reader.next()) : null;
        for (byte[] row = reader.next(); row != null; row = reader.next()) {
          add(row);
        }
        keep();
        if (first == 1) {
          throw FormException.of("not-empty", "holds no row");
        }
        return new Arrived(header, digest.digest(), content.count(), first - 1);
      } catch (ZipException | EOFException e) {
        throw FormException.of("gzip", "is not whole, or not compressed by gzip");
      }
    }

    private InputStream unpacked(InputStream packed) throws IOException, FormException {
      try {
        return new GZIPInputStream(packed, 1 << 14);
      } catch (ZipException | EOFException e) {
        throw FormException.of("gzip", "is not whole, or not compressed by gzip");
      }
    }

    private static String header(byte @Nullable [] line) throws FormException {
      if (line == null) {
        throw FormException.of("not-empty", "holds no row");
      }
      List<Violation> faults = new ArrayList<>();
      Header header = Header.read(line, faults);
      if (!faults.isEmpty()) {
        throw Problem.invalid(faults.subList(0, Math.min(20, faults.size())));
      }
      return header.text();
    }

    private void add(byte[] row) throws SQLException {
      rows.add(row);
      size += row.length;
      if (rows.size() >= config.rowsAtOnce() || size >= LARGEST_CHUNK) {
        keep();
      }
    }

    private void keep() throws SQLException {
      if (!rows.isEmpty()) {
        Transaction.run(
            database,
            transaction -> {
              chunks.add(transaction, of.id(), number, first, rows);
              imports.touch(transaction, of.id(), first + rows.size() - 1);
            });
        number++;
        first += rows.size();
        rows.clear();
        size = 0;
      }
    }
  }

  private void checkSent(long count) {
    long most = limits.upload().asLongValue();
    if (count > most) {
      throw Problem.TOO_LARGE.because("The body is larger than " + most + " bytes.");
    }
  }

  private void checkFile(long count, Counted sent) {
    if (count > config.largestFile()) {
      throw Problem.TOO_LARGE.because(
          "The file is larger than " + config.largestFile() + " bytes when it is unpacked.");
    }
    if (count > EXPANSION_FROM && count > config.expansion() * Math.max(1, sent.count())) {
      throw Problem.TOO_LARGE.because(
          "The file is more than "
              + config.expansion()
              + " times larger unpacked than it was sent.");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
