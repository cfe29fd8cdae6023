package org.mekong.registry.startup;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.nation.NodeConfig;

/** Refuses to start a production node on settings made for trying out, naming the property. */
@Singleton
final class ProductionCheck {

  private static final int BEFORE_OTHERS = 1;

  private final NodeConfig node;
  private final Config config;
  private final DataSource database;
  private final Instance<YearlyLog> log;

  ProductionCheck(NodeConfig node, Config config, DataSource database, Instance<YearlyLog> log) {
    this.node = node;
    this.config = config;
    this.database = database;
    this.log = log;
  }

  void check(@Observes @Priority(BEFORE_OTHERS) StartupEvent event) throws SQLException {
    if (node.production()) {
      ProductionRules.refuse(
          name -> config.getOptionalValue(name, String.class), DatabaseRole.of(database));
      // The log is opened after the rules, which may forbid to make its key.
      ProductionRules.refuseUnwitnessed(log.get().standing());
    }
  }
}
