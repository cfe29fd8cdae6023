package org.mekong.registry.permission.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.purpose.Purpose;
import org.mekong.registry.purpose.PurposeBody;

/**
 * The policy in force. Every read asks, so it is remembered for a short while; what was changed at
 * another replica holds here after at most that long, and all of one change at once.
 */
@ApplicationScoped
public class Policies {

  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final DataSource database;
  private final ObjectMapper json;
  private final Clock clock;
  private volatile @Nullable Remembered remembered;

  Policies(DataSource database, ObjectMapper json, Clock clock) {
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  private record Remembered(Policy policy, Instant until) {}

  /** The policy in force, of at most five seconds ago. */
  public Policy inForce() {
    Remembered now = remembered;
    if (now == null || clock.instant().isAfter(now.until)) {
      Instant until = clock.instant().plus(REMEMBERED);
      try (Connection connection = database.getConnection()) {
        now = new Remembered(read(connection), until);
      } catch (SQLException e) {
        throw new IllegalStateException("The permissions cannot be read", e);
      }
      remembered = now;
    }
    return now.policy;
  }

  /** The policy as a transaction sees it. */
  public Policy read(Connection connection) throws SQLException {
    List<Purpose> purposes = new ArrayList<>();
    List<FieldSet> sets = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (PolicyTable.Holding holding : PolicyTable.all(connection)) {
      String content = holding.content();
      try {
        if (holding.kind().equals(PolicyKind.PURPOSE.word())) {
          purposes.add(json.readValue(content, PurposeBody.class).read());
        } else if (holding.kind().equals(PolicyKind.FIELD_SET.word())) {
          sets.add(json.readValue(content, FieldSetBody.class).read());
        } else {
          rules.add(json.readValue(content, RuleBody.class).read(null));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A permission that was kept cannot be read", e);
      }
    }
    return new Policy(purposes, sets, rules);
  }

  /** Reads anew at the next question. */
  public void forget() {
    remembered = null;
  }
}
