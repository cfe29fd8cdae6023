package org.mekong.gateway.lookup.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.context.Context;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.access.door.Door;
import org.mekong.gateway.http.JsonFaults;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.lookup.LookupConfig;
import org.mekong.gateway.lookup.LookupRequest;
import org.mekong.gateway.lookup.Lookups;

/**
 * Does the lookups of a batch: each as if it came alone, a few at a time, all within one deadline.
 * Where the rate is used up for the moment the batch waits, as its asker would.
 */
@ApplicationScoped
public class Batches {

  private static final Logger LOG = Logger.getLogger(Batches.class);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Lookups lookups;
  private final LookupConfig config;
  private final Clock clock;

  @Inject Door door;

  @Inject
  public Batches(Lookups lookups, LookupConfig config, Clock clock) {
    this.lookups = lookups;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Does them.
   *
   * @param key value of Idempotency-Key: with it each question has a key of its own, by its place,
   *     which no caller can name
   * @throws HttpProblem when the batch as a whole cannot be done
   */
  public BatchAnswer answer(Agency agency, LookupBatch batch, Optional<String> key) {
    Instant deadline = clock.instant().plus(deadline(batch));
    Semaphore room = new Semaphore(Math.max(1, config.batchParallelism()));
    List<Callable<BatchAnswer.Element>> tasks = new ArrayList<>();
    for (int i = 0; i < batch.lookups().size(); i++) {
      JsonNode question = batch.lookups().get(i);
      Optional<String> own = key.map(("batch " + i + " ")::concat);
      tasks.add(
          Context.current()
              .wrap(
                  () -> {
                    room.acquire();
                    try {
                      return answer(agency, question, own, deadline);
                    } finally {
                      room.release();
                    }
                  }));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<BatchAnswer.Element> answers = new ArrayList<>();
      for (Future<BatchAnswer.Element> each : threads.invokeAll(tasks)) {
        answers.add(each.get());
      }
      return new BatchAnswer(answers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("The gateway is going down.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private BatchAnswer.Element answer(
      Agency agency, JsonNode question, Optional<String> key, Instant deadline)
      throws InterruptedException {
    try {
      LookupRequest request = readable(agency, question);
      while (true) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (left.compareTo(SHORTEST) < 0) {
          return BatchAnswer.Element.of(over());
        }
        try {
          return BatchAnswer.Element.of(lookups.lookup(agency, request.within(left), key));
        } catch (HttpProblem e) {
          Optional<Duration> pause = pause(e).filter(time -> time.compareTo(left) < 0);
          if (pause.isEmpty()) {
            return BatchAnswer.Element.of(e);
          }
          Thread.sleep(pause.get());
        }
      }
    } catch (HttpProblem e) {
      return BatchAnswer.Element.of(e);
    } catch (RuntimeException e) {
      LOG.error("A lookup of a batch failed", e);
      return BatchAnswer.Element.of(Problem.unavailable("The lookup could not be done."));
    }
  }

  /** A question as agreed; one that is not is told at the door, as it would be alone. */
  private LookupRequest readable(Agency agency, JsonNode question) {
    try {
      return read(question).by(agency.officer());
    } catch (HttpProblem e) {
      UUID id = RequestIds.next();
      door.refused(id, "request/" + Problem.name(e), agency.id());
      throw Problem.named(e, id);
    }
  }

  /** How long to wait where our own rate is used up for now; a peer's is the peer's to tell. */
  private static Optional<Duration> pause(HttpProblem problem) {
    Object seconds = problem.getHeaders().get("Retry-After");
    return problem.getStatusCode() == 429
            && !problem.getParameters().containsKey("refusedBy")
            && seconds != null
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.toString())))
        : Optional.empty();
  }

  private static LookupRequest read(JsonNode question) {
    try {
      LookupRequest request = StrictJson.mapper().treeToValue(question, LookupRequest.class);
      if (request == null) {
        throw Problem.malformed("The question is missing.");
      }
      if (request.deadline() != null) {
        throw Problem.malformed("deadline: is for the batch, not for one of its questions.");
      }
      return request;
    } catch (JsonProcessingException e) {
      throw JsonFaults.problem(e);
    }
  }

  private Duration deadline(LookupBatch batch) {
    Duration deadline = batch.deadline() == null ? config.deadline() : batch.deadline();
    if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(config.longestDeadline()) > 0) {
      throw Problem.malformed(
          "deadline: between " + SHORTEST + " and " + config.longestDeadline() + ".");
    }
    return deadline;
  }

  private static HttpProblem over() {
    return Problem.of(
            "deadline-over",
            504,
            "Not asked in time",
            "The time of the batch was over before this question was asked.",
            "Send the batch again with the same Idempotency-Key if it had one, fewer questions, or"
                + " more time.")
        .with("rule", "batch/deadline")
        .build();
  }
}
