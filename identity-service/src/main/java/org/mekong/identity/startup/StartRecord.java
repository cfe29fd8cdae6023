package org.mekong.identity.startup;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.key.SigningKeys;

/**
 * Records each start, with the key that signs from now on. It also gives entries that a killed
 * process had committed, but not yet placed, their place in the log.
 */
@Singleton
class StartRecord {
  private final Clock clock;

  StartRecord(Clock clock) {
    this.clock = clock;
  }

  void write(@Observes StartupEvent start, Journal journal, SigningKeys keys) {
    JournalEntry entry =
        JournalEntry.ofAdministration(RequestId.next(clock), clock.instant(), "service_started")
            .with("key", keys.current().publicKey().getKeyID());
    journal.transact(
        transaction -> {
          transaction.record(entry);
          return entry;
        });
  }
}
