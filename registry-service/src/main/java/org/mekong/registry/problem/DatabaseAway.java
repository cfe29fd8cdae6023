package org.mekong.registry.problem;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failure says that the database does nothing now, whatever it is asked: it is not there,
 * an operator stops it, or room, memory or connections are short. The same request may do well
 * later. Pure.
 */
final class DatabaseAway {

  /** Connection, resources, operator intervention and system error: classes of SQLSTATE. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

  /** A write where another server has taken over, and this one only reads. */
  private static final String READ_ONLY = "25006";

  private DatabaseAway() {}

  /** Whether a failure comes of it, under whatever it was wrapped in. */
  static boolean isCauseOf(@Nullable Throwable failure) {
    return isCauseOf(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean isCauseOf(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return false;
    }
    return failure instanceof SQLException sql
            && (isAway(sql) || isCauseOf(sql.getNextException(), seen))
        || isCauseOf(failure.getCause(), seen);
  }

  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() != 5) {
      return isPoolEmpty(failure);
    }
    return CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY);
  }

  /** The pool has no code for it, nor a type. */
  private static boolean isPoolEmpty(SQLException failure) {
    String message = failure.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("acquisition timeout");
  }
}
