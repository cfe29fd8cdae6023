package org.mekong.benchmarks.log;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.LogMigrations;

/**
 * A durable PostgreSQL of this process, behind the pool that the services use, of the same size.
 */
final class BenchmarkDatabase {
  private static final int POOL_SIZE = 8;

  private BenchmarkDatabase() {}

  /** A new pool over new tables. */
  static AgroalDataSource create(String name) throws SQLException {
    EmbeddedDatabase server = EmbeddedDatabase.shared();
    String url = server.jdbcUrl(name);
    AgroalDataSource pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    connections ->
                        connections
                            .maxSize(POOL_SIZE)
                            .acquisitionTimeout(Duration.ofSeconds(60))
                            .connectionFactoryConfiguration(
                                factory ->
                                    factory
                                        .jdbcUrl(url)
                                        .principal(new NamePrincipal(server.user()))
                                        .credential(new SimplePassword(server.password())))));
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      LogMigrations.run(statement);
      statement.execute(
          "CREATE TABLE plain_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
              + " entry bytea NOT NULL)");
    }
    return pool;
  }
}
