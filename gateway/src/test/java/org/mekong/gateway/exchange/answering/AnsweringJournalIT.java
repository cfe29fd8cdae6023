package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestPeer;
import org.mekong.log.Receipt;

/** What is kept of a peer's request, where several are at it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AnsweringJournalIT {

  private static final int ROUNDS = 20;
  private static final Refusal REFUSAL = new Refusal("test/rule", 403, "No.", "Nobody must act.");

  @Inject AnsweringJournal journal;
  Surroundings around;

  /** Nobody is disclosed. */
  private static final class Refused implements Deliberation.Conclusion {
    private final SignedMessage<ExchangeRequest> request;

    Refused(SignedMessage<ExchangeRequest> request) {
      this.request = request;
    }

    @Override
    public ExchangeAnswer answer(@Nullable EntryReference requestEntry, Instant now) {
      return Answers.refused(request, REFUSAL, "VN", requestEntry, now);
    }

    @Override
    public List<String> persons() {
      return List.of();
    }

    @Override
    public Duration visibilityDelay() {
      return Duration.ZERO;
    }
  }

  @Test
  void aRequestIsAnsweredOnceAlsoWhereTwoAnswersComeTogether() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      SignedMessage<ExchangeRequest> other = admitted();
      SignedMessage<ExchangeRequest> twice = admitted();
      List<Future<Receipt>> answers = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        threads.submit(() -> give(other)); // the two wait for it, and go together
        answers.add(threads.submit(() -> give(twice)));
        answers.add(threads.submit(() -> give(twice)));
      }
      assertEquals(1, answers.stream().filter(AnsweringJournalIT::isGiven).count());
    }
  }

  private SignedMessage<ExchangeRequest> admitted() throws Exception {
    SignedMessage<ExchangeRequest> request =
        SignedMessage.sign(around.peerDouble().key(), ExchangeRequest.TYPE, TestPeer.marriage());
    assertInstanceOf(Admission.New.class, journal.admit(request, false).admission());
    return request;
  }

  private Receipt give(SignedMessage<ExchangeRequest> request) throws Exception {
    Deliberation.Conclusion conclusion = new Refused(request);
    SignedMessage<ExchangeAnswer> answer =
        SignedMessage.sign(
            around.peerDouble().key(), ExchangeAnswer.TYPE, conclusion.answer(null, Instant.now()));
    return journal.give(request, answer, conclusion);
  }

  private static boolean isGiven(Future<Receipt> answer) {
    try {
      answer.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
