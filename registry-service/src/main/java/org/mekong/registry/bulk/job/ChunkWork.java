package org.mekong.registry.bulk.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.entry.Entrance;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.bulk.row.CsvRows;
import org.mekong.registry.bulk.row.Header;
import org.mekong.registry.bulk.row.JsonRows;
import org.mekong.registry.bulk.row.RowParser;
import org.mekong.registry.bulk.row.SourceRow;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.population.load.VillageRows;

/** Works a chunk off, or finds that there is none left and goes on to what comes then. */
@ApplicationScoped
class ChunkWork {

  private final Imports imports;
  private final Chunks chunks;
  private final Entrance entrance;
  private final ObjectMapper json;

  ChunkWork(Imports imports, Chunks chunks, Entrance entrance, ObjectMapper json) {
    this.imports = imports;
    this.chunks = chunks;
    this.entrance = entrance;
    this.json = json;
  }

  /** Whether there was a chunk of this import to work off in the caller's transaction. */
  boolean work(Connection transaction, Import of, VillageRows writers) throws SQLException {
    Optional<Chunks.Chunk> taken = chunks.take(transaction, of.id());
    if (taken.isEmpty()) {
      return false;
    }
    Import now = imports.find(transaction, of.id()).orElseThrow();
    if (!now.state().isOpen() || now.storing() != of.storing()) {
      return true; // it was cancelled, or went on to its next phase meanwhile
    }
    Chunks.Chunk chunk = taken.get();
    RowParser parser = parser(of);
    List<SourceRow> rows = new ArrayList<>();
    for (int i = 0; i < chunk.content().size(); i++) {
      rows.add(parser.parse(chunk.numbers().get(i), chunk.content().get(i)));
    }
    Entrance.Order order = new Entrance.Order(of.id(), of.caller(), of.storing(), chunk.late());
    Entrance.Entered entered = entrance.enter(transaction, order, rows, writers);
    chunks.problems(transaction, of.id(), entered.refused());
    chunks.putOff(
        transaction,
        of.id(),
        chunk.number(),
        entered.putOff().stream().map(chunk.numbers()::get).toList(),
        entered.putOff().stream().map(chunk.content()::get).toList());
    chunks.done(
        transaction,
        of.id(),
        chunk,
        entered.accepted(),
        entered.refused().size(),
        entered.putOff().size(),
        of.storing() || of.dryRun());
    return true;
  }

  /** Ends an import of which nothing is left to do, or begins to store what was checked. */
  boolean advance(Connection transaction, UUID id) throws SQLException {
    Import of = imports.hold(transaction, id).orElseThrow();
    Chunks.Progress progress = chunks.progress(transaction, id, Instant.EPOCH);
    if (!of.state().isOpen() || progress.open() > 0) {
      return false;
    }
    boolean stops = of.onProblem() == Import.OnProblem.STOP && progress.refused() > 0;
    if (!of.storing() && !of.dryRun() && !stops) {
      imports.store(transaction, id);
    } else if (stops && !of.dryRun()) {
      imports.end(
          transaction,
          id,
          Import.State.FAILED,
          of.storing()
              ? "Rows broke rules while they were stored; the others are stored."
              : "Rows break rules; nothing is stored.",
          of.storing() && progress.accepted() > 0);
    } else {
      imports.end(transaction, id, Import.State.FINISHED, null, of.storing());
    }
    return true;
  }

  /** Gives an import up. */
  void fail(Connection transaction, UUID id) throws SQLException {
    end(
        transaction,
        id,
        Import.State.FAILED,
        "The import could not go on; the service's log tells why.");
  }

  /** Cancels an import that has not ended; what is stored stays, and the problems tell what not. */
  void cancel(Connection transaction, UUID id) throws SQLException {
    end(transaction, id, Import.State.CANCELLED, null);
  }

  private void end(Connection transaction, UUID id, Import.State state, @Nullable String why)
      throws SQLException {
    Import of = imports.hold(transaction, id).orElseThrow();
    if (of.state().isOpen()) {
      chunks.hold(transaction, id);
      long accepted = chunks.progress(transaction, id, Instant.EPOCH).accepted();
      chunks.leave(transaction, id);
      imports.end(transaction, id, state, why, of.storing() && accepted > 0);
    }
  }

  private RowParser parser(Import of) {
    return of.format() == FileFormat.NDJSON
        ? new JsonRows(json.readerFor(RegisterPerson.class))
        : new CsvRows(Header.ofText(Objects.requireNonNull(of.header())), of.caller());
  }
}
