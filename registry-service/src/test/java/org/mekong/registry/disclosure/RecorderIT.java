package org.mekong.registry.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryNode;

/** Looks that share a transaction. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class RecorderIT {

  @Inject Recorder recorder;

  @Test
  void whatMayBeCommittedIsNotRecordedAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch alone = new CountDownLatch(1);
    AtomicInteger readings = new AtomicInteger();
    Look<String> first =
        look(
            (transaction, persons) -> {
              begun.countDown();
              assertTrue(awaited(alone));
              return List.of();
            });
    Look<String> broken =
        look(
            (transaction, persons) -> {
              readings.incrementAndGet();
              throw new SQLException("the connection broke", "08006");
            });
    Look<String> company = look((transaction, persons) -> List.of());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> recorder.together(first));
      assertTrue(begun.await(20, TimeUnit.SECONDS));
      threads.submit(() -> recorder.together(broken));
      threads.submit(() -> recorder.together(company));
      Thread.sleep(300); // until they wait
      alone.countDown();
    }

    assertInstanceOf(Look.Outcome.Given.class, first.outcome());
    assertInstanceOf(Look.Outcome.Failed.class, broken.outcome());
    assertInstanceOf(Look.Outcome.Failed.class, company.outcome());
    assertEquals(1, readings.get());
  }

  private static Look<String> look(Look.Reader<String> reader) {
    return new Look<>(List.of(), Set.of(), reader, Optional.empty(), Optional.empty());
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
