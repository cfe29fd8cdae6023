package org.mekong.registry.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.identifier.block.CrowdedBlocks;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.RegistrationPlace;
import org.mekong.registry.testing.RegistryNode;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class NumberAllocatorIT {

  private static final RegistrationPlace PLACE =
      NationProfile.of(Nation.LA).registrationPlaces().get("LA-SV");
  private static final BirthFacts BIRTH = new BirthFacts(PLACE, 1998, true);

  @Inject DataSource database;
  @Inject CrowdedBlocks crowded;
  @Inject MeterRegistry metrics;

  @BeforeEach
  void emptyTheBlocks() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from identifier where number like '99%'");
    }
  }

  /** A block of 1,000 numbers, and eight replicas that want 800 of them at once. */
  @Test
  void manyReplicasAtOnceNeverGiveANumberTwice() throws Exception {
    List<Future<List<String>>> replicas = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int replica = 0; replica < 8; replica++) {
        NumberAllocator allocator = allocator("99PPSYYRRR", 64);
        replicas.add(threads.submit(() -> allocate(allocator, 100)));
      }
    }
    List<String> all = new ArrayList<>();
    for (Future<List<String>> replica : replicas) {
      all.addAll(replica.get());
    }
    assertEquals(800, all.size());
    assertEquals(800, Set.copyOf(all).size());
  }

  @Test
  void aRolledBackAllocationGivesNothingAway() throws Exception {
    NumberAllocator allocator = allocator("99PPSYYR", 10_000);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 10; i++) {
        allocator.allocate(connection, UUID.randomUUID(), BIRTH);
      }
      connection.rollback();
    }
    assertEquals(10, new HashSet<>(allocate(allocator, 10)).size());
  }

  @Test
  void anExhaustedBlockIsReported() throws Exception {
    allocate(allocator("99PPSYYR", 10_000), 10);

    double before = reported();
    BlockExhaustedException report =
        assertThrows(BlockExhaustedException.class, () -> allocate(allocator("99PPSYYR", 64), 1));
    assertFalse(report.getMessage().contains("9913098"), "a prefix tells facts of birth");
    assertEquals(before + 1, reported());
  }

  private List<String> allocate(NumberAllocator allocator, int count)
      throws SQLException, BlockExhaustedException {
    List<String> numbers = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      for (int i = 0; i < count; i++) {
        numbers.add(allocator.allocate(connection, UUID.randomUUID(), BIRTH));
      }
    }
    return numbers;
  }

  private double reported() {
    return metrics.counter("mekong.identifier.exhausted", "nation", "VN").count();
  }

  private NumberAllocator allocator(String pattern, int attempts) {
    return new NumberAllocator(
        new LaoNumbers(pattern),
        new IdentifierConfig() {
          @Override
          public String laoPattern() {
            return pattern;
          }

          @Override
          public int attempts() {
            return attempts;
          }

          @Override
          public Duration censusEvery() {
            return Duration.ofHours(6);
          }

          @Override
          public double nearlyFull() {
            return 0.8;
          }
        },
        crowded);
  }
}
