package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.mekong.gateway.exchange.answering.RefusalBudget.Verdict;

/** A flood of refusals is counted, not logged, for each peer and minute. */
class RefusalBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final RefusalBudget budget = new RefusalBudget(2);

  @Test
  void whatIsOverTheBudgetOfAMinuteIsAFlood() {
    assertEquals(Verdict.LOGGED, budget.take("LA", 0));
    assertEquals(Verdict.LOGGED, budget.take("LA", SECOND));
    assertEquals(Verdict.FLOOD_BEGINS, budget.take("LA", 2 * SECOND));
    assertEquals(Verdict.FLOOD, budget.take("LA", 59 * SECOND));
    assertEquals(Verdict.LOGGED, budget.take("LA", 60 * SECOND));
  }

  @Test
  void eachPeerHasABudgetOfItsOwn() {
    budget.take("LA", 0);
    budget.take("LA", 0);
    assertEquals(Verdict.FLOOD_BEGINS, budget.take("LA", 0));

    assertEquals(Verdict.LOGGED, budget.take("TH", 0));
  }
}
