package org.mekong.registry.search.index;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which words many persons share, from the statistics that PostgreSQL keeps of the index. Says
 * where a search had better begin; it may be old or empty, which makes a search slower and never
 * wrong.
 */
@ApplicationScoped
public class CommonWords {

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final String SHARES =
      "select w.word, w.share from pg_stats s,"
          + " unnest(s.most_common_vals::text::text[], s.most_common_freqs) as w (word, share)"
          + " where s.schemaname = current_schema() and s.tablename = 'name_index'"
          + " and s.attname = 'word'";

  private final Clock clock;
  private volatile Shares shares = new Shares(Instant.MIN, Map.of());

  CommonWords(Clock clock) {
    this.clock = clock;
  }

  private record Shares(Instant readAt, Map<String, Double> byWord) {}

  /** What share of the index stands under these words; 0 where they are rare. */
  public double share(Connection transaction, Collection<String> words) throws SQLException {
    Map<String, Double> byWord = current(transaction);
    return words.stream().mapToDouble(word -> byWord.getOrDefault(word, 0.0)).sum();
  }

  private Map<String, Double> current(Connection transaction) throws SQLException {
    Instant now = clock.instant();
    Shares known = shares;
    if (known.readAt.isBefore(now.minus(FRESH))) {
      known = new Shares(now, read(transaction));
      shares = known;
    }
    return known.byWord;
  }

  private static Map<String, Double> read(Connection transaction) throws SQLException {
    Map<String, Double> byWord = new HashMap<>();
    try (PreparedStatement select = transaction.prepareStatement(SHARES);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byWord.put(rows.getString(1), rows.getDouble(2));
      }
    }
    return Map.copyOf(byWord);
  }
}
