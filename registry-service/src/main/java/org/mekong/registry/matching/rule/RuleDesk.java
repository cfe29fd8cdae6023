package org.mekong.registry.matching.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.transaction.Transaction;

/** Adds versions of the rules and puts one in force. */
@ApplicationScoped
class RuleDesk {

  private static final String PATH = "/admin/v1/matching/rules/";
  private static final String RUNNING =
      "select 1 from match_job where state = 'running' and kind = 'run' limit 1";

  private final RuleSets rules;
  private final Operations operations;
  private final DataSource database;
  private final ObjectMapper json;

  RuleDesk(RuleSets rules, Operations operations, DataSource database, ObjectMapper json) {
    this.rules = rules;
    this.operations = operations;
    this.database = database;
    this.json = json;
  }

  /**
   * A page of versions below one, the newest first, and one more to tell whether it is the last.
   */
  List<RuleSetView> list(int below, int most) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return rules.list(connection, below, most).stream().map(RuleSetView::of).toList();
    }
  }

  Optional<RuleSetView> find(int version) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return rules.find(connection, version).map(RuleSetView::of);
    }
  }

  /** Adds a version once for a key. */
  Outcome add(OperationKey key, RuleSet set) throws SQLException {
    return operations.once(
        key,
        operations.digest(RuleSetBody.of(set)),
        transaction -> {
          int version = rules.add(transaction, set, key.caller());
          RuleSetView added = rules.find(transaction, version).map(RuleSetView::of).orElseThrow();
          return new Outcome(201, URI.create(PATH + version), write(added));
        });
  }

  /** Judges by a version from now on; repeating it changes nothing. */
  RuleSetView putInForce(int version, String by) throws SQLException {
    Transaction.run(
        database,
        transaction -> {
          RuleSets.Stored found =
              rules
                  .find(transaction, version)
                  .orElseThrow(
                      () ->
                          Problem.invalid(
                              "version", "known-version", "is no version of the rules"));
          if (!found.inForce()) {
            refuseDuringRun(transaction);
            rules.putInForce(transaction, version, by);
          }
        });
    rules.forget();
    return find(version).orElseThrow();
  }

  private static void refuseDuringRun(Connection transaction) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(RUNNING);
        ResultSet row = select.executeQuery()) {
      if (row.next()) {
        throw Problem.CONFLICT.because("A run by the rules in force is not finished.");
      }
    }
  }

  private String write(RuleSetView view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
