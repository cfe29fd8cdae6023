package org.mekong.registry.bulk.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.transaction.Transaction;

/** Tells how far imports are, and cancels them. */
@ApplicationScoped
class ImportDesk {

  private static final Duration LATELY = Duration.ofSeconds(15);
  private static final int MOST = 100;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Imports imports;
  private final Chunks chunks;
  private final ChunkWork work;
  private final DataSource database;
  private final Clock clock;

  ImportDesk(Imports imports, Chunks chunks, ChunkWork work, DataSource database, Clock clock) {
    this.imports = imports;
    this.chunks = chunks;
    this.work = work;
    this.database = database;
    this.clock = clock;
  }

  /**
   * An import of a caller.
   *
   * @param caller empty where everybody's may be seen
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 when it is another's, or none
   */
  ImportView find(String id, String caller) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return view(connection, known(connection, id, caller));
    }
  }

  /** The key of an import of a caller. */
  UUID key(String id, String caller) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return known(connection, id, caller).id();
    }
  }

  private Import known(Connection connection, String id, String caller) throws SQLException {
    Optional<Import> found =
        UUID_TEXT.matcher(id).matches()
            ? imports.find(connection, UUID.fromString(id))
            : Optional.empty();
    return found
        .filter(of -> caller.isEmpty() || of.caller().equals(caller))
        .filter(of -> of.state() != Import.State.UPLOADING)
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such import."));
  }

  private ImportView view(Connection connection, Import of) throws SQLException {
    Instant now = clock.instant();
    return ImportView.of(of, chunks.progress(connection, of.id(), now.minus(LATELY)), now);
  }

  /** Imports of a caller, the latest first. */
  ImportPage page(String caller, @Nullable String cursor, int limit) throws SQLException {
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    UUID before = cursor == null ? new UUID(-1, -1) : position(cursor);
    try (Connection connection = database.getConnection()) {
      List<Import> found = imports.page(connection, caller, before, limit + 1);
      List<ImportView> views = new ArrayList<>();
      for (Import of : found.subList(0, Math.min(limit, found.size()))) {
        views.add(view(connection, of));
      }
      return new ImportPage(views, found.size() > limit ? cursor(views.getLast().id()) : null);
    }
  }

  /** Cancels an import of a caller; one that has ended stays as it is. */
  ImportView cancel(String id, String caller) throws SQLException {
    UUID key = key(id, caller);
    Transaction.run(database, transaction -> work.cancel(transaction, key));
    return find(id, caller);
  }

  private static String cursor(UUID id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static UUID position(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == 16) {
        ByteBuffer of = ByteBuffer.wrap(bytes);
        return new UUID(of.getLong(), of.getLong());
      }
    } catch (IllegalArgumentException e) {
      throw Problem.INVALID_CURSOR.because("The cursor was not made by this list.");
    }
    throw Problem.INVALID_CURSOR.because("The cursor was not made by this list.");
  }
}
