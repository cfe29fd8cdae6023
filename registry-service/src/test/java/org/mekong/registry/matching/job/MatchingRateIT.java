package org.mekong.registry.matching.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.mekong.registry.matching.MatchingClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.Lookalikes;

/**
 * Tells how fast a run over a synthetic register is, and what the look for duplicates costs at a
 * registration. Asserts no times: {@code -Dmatching.rate.persons=100000}.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
@EnabledIfSystemProperty(named = "matching.rate.persons", matches = "[0-9]+")
class MatchingRateIT {

  private static final int NEWCOMERS = 2_000;
  private static final String POPULATIONS = "/admin/v1/populations";

  TestSetting setting;
  @Inject DataSource database;
  @Inject Lookalikes lookalikes;

  @Test
  void tells() throws Exception {
    MatchingClient client = new MatchingClient(setting);
    Response made =
        client.admin(
            "POST",
            POPULATIONS,
            "{\"persons\":" + System.getProperty("matching.rate.persons") + ",\"seed\":42}");
    assertEquals(202, made.statusCode(), made.asString());
    JsonNode population = wait(client, made.header("Location"));
    assertEquals("done", population.path("state").asText());
    for (String path : List.of("/admin/v1/matching/runs", "/admin/v1/matching/dry-runs")) {
      Response started =
          client.admin("POST", path, path.endsWith("dry-runs") ? "{\"rules\":1}" : "");
      JsonNode job = wait(client, started.header("Location"));
      assertEquals("done", job.path("state").asText());
      double seconds = job.path("seconds").asDouble();
      System.out.printf(
          "%s: %d persons in %.1f s, %.0f a second; %s%n",
          path,
          job.path("done").asLong(),
          seconds,
          job.path("done").asLong() / seconds,
          job.path("result"));
    }
    newcomers();
  }

  private void newcomers() throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select person_id from person where merged_into is null order by md5(person_id::text)"
                    + " limit "
                    + NEWCOMERS)) {
      List<UUID> some = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          some.add(rows.getObject(1, UUID.class));
        }
      }
      List<Double> millis = new ArrayList<>();
      for (UUID person : some) {
        long start = System.nanoTime();
        lookalikes.count(connection, person);
        millis.add((System.nanoTime() - start) / 1e6);
      }
      List<Double> warm = new ArrayList<>(millis.subList(NEWCOMERS / 2, millis.size()));
      Collections.sort(warm);
      System.out.printf(
          "look at a registration: median %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
          warm.get(warm.size() / 2),
          warm.get(warm.size() * 95 / 100),
          warm.get(warm.size() * 99 / 100));
    }
  }

  private static JsonNode wait(MatchingClient client, String location) throws Exception {
    while (true) {
      JsonNode job = MatchingClient.json(client.admin("GET", location, "").asString());
      if (!job.path("state").asText().equals("running")) {
        return job;
      }
      Thread.sleep(1_000);
    }
  }
}
