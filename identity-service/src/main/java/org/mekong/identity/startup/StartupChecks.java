package org.mekong.identity.startup;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.journal.JournalConfig;
import org.mekong.identity.key.KeyConfig;
import org.mekong.identity.permission.ServedResources;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.year.YearlyLog;

/**
 * Looks at the configuration before anything is served. In production an unsafe one stops the
 * start, naming every property that is wrong; elsewhere it may stay.
 */
@Singleton
class StartupChecks {
  private static final String OWNS_TABLES =
      "SELECT r.rolsuper OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n"
          + " ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'"
          + " AND pg_has_role(current_user, c.relowner, 'USAGE'))"
          + " OR has_schema_privilege(current_user, current_schema(), 'CREATE')"
          + " FROM pg_roles r WHERE r.rolname = current_user";

  private final NodeConfig node;
  private final IssuerAddress issuer;
  private final JournalConfig journal;
  private final KeyConfig key;
  private final ServedResources services;
  private final String plainHttp;

  StartupChecks(
      NodeConfig node,
      IssuerAddress issuer,
      JournalConfig journal,
      KeyConfig key,
      ServedResources services,
      @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled")
          String plainHttp) {
    this.node = node;
    this.issuer = issuer;
    this.journal = journal;
    this.key = key;
    this.services = services;
    this.plainHttp = plainHttp;
  }

  void check(@Observes @Priority(10) StartupEvent start, DataSource database, YearlyLog log) {
    List<String> faults =
        new ArrayList<>(ConfigurationRules.always(node.nation(), issuer.issuer()));
    faults.addAll(services.faults());
    if (node.production()) {
      faults.addAll(
          ConfigurationRules.production(
              new ConfigurationRules.Settings(
                  issuer.issuer(),
                  issuer.audiences(),
                  plainHttp,
                  journal.generateKey(),
                  key.encryptionKeyFile(),
                  keyFile(log.currentLogYear()),
                  !(log.standing() instanceof Standing.Unwitnessed),
                  mayAlterTables(database))));
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException("refusing to start: " + String.join("; ", faults));
    }
  }

  private Path keyFile(int year) {
    return Path.of(journal.keyFile().toString().replace("{year}", Integer.toString(year)));
  }

  private static boolean mayAlterTables(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return mayAlterTables(connection);
    } catch (SQLException unanswered) {
      throw new IllegalStateException(
          "quarkus.datasource.username: what it may do cannot be told", unanswered);
    }
  }

  static boolean mayAlterTables(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OWNS_TABLES);
        ResultSet row = select.executeQuery()) {
      return !row.next() || row.getBoolean(1);
    }
  }
}
