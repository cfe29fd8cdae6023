package org.mekong.log;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.ReusedConnections;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedCheckpoint;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Everything that a service does with its log, and an auditor, in a heap that does not hold a
 * quarter of the log: appends, proves, opens again, verifies whole. Says how far it came.
 */
public final class SmallHeapProcess {
  private static final String ORIGIN = "vn.mekong.example/registry/2026";
  private static final int THREADS = 32;
  private static final String FILLER = "x".repeat(2_100);

  private SmallHeapProcess() {}

  /** Arguments: JDBC URL, user, password, number of entries. */
  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(arguments[0]);
    server.setUser(arguments[1]);
    server.setPassword(arguments[2]);
    DataSource database = new ReusedConnections(server).dataSource();
    int count = Integer.parseInt(arguments[3]);
    NoteSigner signer = NoteSigner.generate(ORIGIN);
    Policy policy = Policy.ofLogs(signer.verifierKey());
    LogSettings settings = new LogSettings(ORIGIN, signer, Clock.systemUTC());
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      append(log, database, count);
      System.out.println("appended " + log.freshness().size());
      int proofs = count / 80;
      prove(log, count, proofs, policy);
      System.out.println("proved " + proofs);
    }
    try (TransparencyLog log = TransparencyLog.open(database, settings)) {
      VerifiedCheckpoint verified =
          LogVerifier.verify(
              path -> log.read(path).map(LogResource::bytes), LogExpectation.of(policy));
      System.out.println("verified " + verified.checkpoint().size());
    }
  }

  private static void append(TransparencyLog log, DataSource database, int count) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        running.add(
            threads.submit(
                () -> {
                  for (int i = first; i < count; i += THREADS) {
                    byte[] entry = (i + FILLER).getBytes(StandardCharsets.UTF_8);
                    if (i % 100 == 0) {
                      inTransaction(log, database, entry);
                    } else {
                      log.append(entry);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  private static void inTransaction(TransparencyLog log, DataSource database, byte[] entry)
      throws SQLException {
    PendingEntry pending;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      pending = log.appendAwaited(connection, List.of(entry)).getFirst();
      connection.commit();
      connection.setAutoCommit(true);
    }
    log.await(pending);
  }

  private static void prove(TransparencyLog log, int count, int proofs, Policy policy)
      throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < proofs; i++) {
      ProofVerifier.verify(log.receipt(random.nextInt(count)).proof(), policy);
    }
    log.consistencyProof(1, count);
    log.consistencyProof(count / 3, count);
  }
}
