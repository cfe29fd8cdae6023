package org.mekong.registry.matching.pair;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the queue, the highest score first.
 *
 * @param province permanent residence of one of the two
 * @param after where the page before ended
 */
public record QueueQuery(
    State state,
    @Nullable BigDecimal minScore,
    @Nullable String province,
    @Nullable Place after,
    int limit) {

  /** A place in the queue. */
  public record Place(BigDecimal score, UUID id) {}

  /** What stands behind the columns. */
  String condition() {
    return " from duplicate d where d.state = ?"
        + (minScore == null ? "" : " and d.score >= ?")
        + (province == null ? "" : " and ? = any (d.provinces)")
        + (after == null ? "" : " and (d.score < ? or (d.score = ? and d.duplicate_id > ?))")
        + " order by d.score desc, d.duplicate_id limit ?";
  }

  void set(PreparedStatement select) throws SQLException {
    int next = 1;
    select.setString(next++, state.code());
    if (minScore != null) {
      select.setBigDecimal(next++, minScore);
    }
    if (province != null) {
      select.setString(next++, province);
    }
    if (after != null) {
      select.setBigDecimal(next++, after.score);
      select.setBigDecimal(next++, after.score);
      select.setObject(next++, after.id);
    }
    select.setInt(next, limit);
  }
}
