package org.mekong.identity.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;
import org.mekong.log.year.YearlyLog;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;

/**
 * What a deed leaves behind, gathered while it runs and then sent to the database in one message:
 * that what it relied on still holds, what it used up, its entry, the commit. A deed that needs the
 * database meanwhile, or turns out to be no such simple one, is done in the ordinary way instead;
 * until the message nothing of it is anywhere.
 */
final class AtOnce {
  /** This deed has to be done with a connection from its beginning. */
  static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;

    Impossible() {
      super("needs the database meanwhile", null, false, false);
    }
  }

  private static final String REFUSED_BY_A_CONSTRAINT = "23";

  private record Use(SingleUse thing, Instant until) {}

  private final List<Use> used = new ArrayList<>();
  private @Nullable Reliance reliance;
  private @Nullable JournalEntry entry;

  void rely(Reliance on) {
    if (reliance != null) {
      throw new Impossible();
    }
    reliance = on;
  }

  void spend(SingleUse thing, Instant until) {
    used.add(new Use(thing, until));
  }

  void record(JournalEntry one) {
    if (entry != null) {
      throw new Impossible();
    }
    entry = one;
  }

  /**
   * Sends the message.
   *
   * @param idle a connection in no transaction
   * @throws Impossible when something was used before, does not hold any more or the log has
   *     turned: what is to be said of it is found out in the ordinary way. Nothing was done
   */
  PendingEntry commit(Connection idle, YearlyLog log) throws SQLException {
    Reliance relied = reliance;
    JournalEntry recorded = entry;
    if (relied == null || recorded == null || used.isEmpty()) {
      throw new Impossible();
    }
    try {
      return log.current().append(idle, new Companion(relied, used), recorded.bytes());
    } catch (SQLException refused) {
      String state = refused.getSQLState();
      if (state != null && state.startsWith(REFUSED_BY_A_CONSTRAINT)) {
        throw new Impossible();
      }
      throw refused;
    }
  }

  private record Companion(Reliance reliance, List<Use> used) implements PendingEntry.Companion {
    @Override
    public String sql() {
      return PostgresSingleUseStore.spendingOrFailing(used.size(), reliance.condition());
    }

    @Override
    public int bind(PreparedStatement statement, int from) throws SQLException {
      int next = from;
      for (String value : reliance.values()) {
        statement.setString(next++, value);
      }
      for (Use use : used) {
        next = PostgresSingleUseStore.bind(statement, next, use.thing(), use.until());
      }
      return next;
    }
  }
}
