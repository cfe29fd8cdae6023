package org.mekong.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.ReusedConnections;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One replica of a service that is about to be killed: threads append without end, and each entry
 * is told on standard output once its receipt is there.
 */
public final class AppendingProcess {
  private AppendingProcess() {}

  /** Arguments: JDBC URL, user, password, origin, file with the key, number of threads, name. */
  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(arguments[0]);
    server.setUser(arguments[1]);
    server.setPassword(arguments[2]);
    DataSource database = new ReusedConnections(server).dataSource();
    NoteSigner signer = NoteSigner.parse(arguments[4]);
    TransparencyLog log =
        TransparencyLog.open(database, new LogSettings(arguments[3], signer, Clock.systemUTC()));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (int thread = 0; thread < Integer.parseInt(arguments[5]); thread++) {
      String name = arguments[6] + "-" + thread;
      boolean inTransaction = thread % 2 == 0;
      Thread.ofPlatform().start(() -> appendForEver(log, database, name, inTransaction, out));
    }
  }

  private static void appendForEver(
      TransparencyLog log,
      DataSource database,
      String name,
      boolean inTransaction,
      PrintStream out) {
    for (int i = 0; ; i++) {
      String entry = name + "-" + i;
      byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
      try {
        Receipt receipt = inTransaction ? inTransaction(log, database, bytes) : log.append(bytes);
        synchronized (out) {
          out.println(receipt.index() + " " + entry);
          out.flush();
        }
      } catch (Exception e) {
        throw new IllegalStateException(entry, e);
      }
    }
  }

  private static Receipt inTransaction(TransparencyLog log, DataSource database, byte[] entry)
      throws Exception {
    PendingEntry pending;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      pending = log.appendAwaited(connection, List.of(entry)).getFirst();
      connection.commit();
      connection.setAutoCommit(true);
    }
    return log.await(pending);
  }
}
