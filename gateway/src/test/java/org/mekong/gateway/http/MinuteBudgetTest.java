package org.mekong.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.mekong.gateway.http.MinuteBudget.Verdict;

/** A flood of refusals is counted, not logged, for each peer and minute. */
class MinuteBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final MinuteBudget budget = new MinuteBudget(2);

  @Test
  void whatIsOverTheBudgetOfAMinuteIsAFlood() {
    assertEquals(Verdict.TOLD, budget.take("LA", 0));
    assertEquals(Verdict.TOLD, budget.take("LA", SECOND));
    assertEquals(Verdict.FLOOD_BEGINS, budget.take("LA", 2 * SECOND));
    assertEquals(Verdict.FLOOD, budget.take("LA", 59 * SECOND));
    assertEquals(Verdict.TOLD, budget.take("LA", 60 * SECOND));
  }

  @Test
  void eachPeerHasABudgetOfItsOwn() {
    budget.take("LA", 0);
    budget.take("LA", 0);
    assertEquals(Verdict.FLOOD_BEGINS, budget.take("LA", 0));

    assertEquals(Verdict.TOLD, budget.take("TH", 0));
  }
}
