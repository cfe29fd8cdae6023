package org.mekong.gateway.lookup;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;

/** Erases outcomes and forgets keys when their time is over. */
@ApplicationScoped
class ForgottenKeys {

  private final LookupJournal journal;

  @Inject
  ForgottenKeys(LookupJournal journal) {
    this.journal = journal;
  }

  @Scheduled(
      every = "60s",
      delayed = "40s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    journal.clean();
  }
}
