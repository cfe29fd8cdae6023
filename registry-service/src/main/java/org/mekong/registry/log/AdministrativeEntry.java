package org.mekong.registry.log;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.mekong.log.PendingEntry;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.problem.RequestId;

/** Tells the log what an operator does: the act and by whose system, never a person. */
@Singleton
public class AdministrativeEntry {

  private final YearlyLog log;
  private final CurrentCaller caller;
  private final RequestId requestId;
  private final Clock clock;

  AdministrativeEntry(YearlyLog log, CurrentCaller caller, RequestId requestId, Clock clock) {
    this.log = log;
    this.caller = caller;
    this.requestId = requestId;
    this.clock = clock;
  }

  /**
   * Appends in the transaction of the act.
   *
   * @param members what else there is to tell, in values of canonical JSON
   */
  public PendingEntry append(Connection transaction, String act, Map<String, ?> members)
      throws SQLException {
    return append(transaction, act, members, caller.get().id(), requestId.value());
  }

  /** The same of what the register does by itself, as by a schedule. */
  public PendingEntry appendOwn(Connection transaction, String act, Map<String, ?> members)
      throws SQLException {
    return append(transaction, act, members, "schedule", UUID.randomUUID().toString());
  }

  private PendingEntry append(
      Connection transaction,
      String act,
      Map<String, ?> members,
      String administrator,
      String request)
      throws SQLException {
    Map<String, Object> entry = new TreeMap<>(members);
    entry.put("version", 1);
    entry.put("kind", "admin");
    entry.put("act", act);
    entry.put("administrator", administrator);
    entry.put("request_id", request);
    entry.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    return log.append(transaction, CanonicalJson.write(entry));
  }
}
