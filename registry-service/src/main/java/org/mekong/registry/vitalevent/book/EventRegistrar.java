package org.mekong.registry.vitalevent.book;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * Registers events: one transaction holds everyone touched, checks the event against their lives,
 * and adds it to all of them, or to nobody. Events on one person come one after the other.
 */
@ApplicationScoped
public class EventRegistrar {

  private final Scribe scribe;
  private final Timelines timelines;
  private final Numbering numbering;

  EventRegistrar(EventRules rules, Timelines timelines, Numbering numbering, Clock clock) {
    this.scribe = new Scribe(rules, clock, new SecureRandom());
    this.timelines = timelines;
    this.numbering = numbering;
  }

  /**
   * Registers an event in the caller's transaction, which is to be rolled back when this throws.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming the rule that the event breaks
   */
  public Registration register(Connection transaction, VitalEvent event, Circumstances when)
      throws SQLException {
    return scribe.register(new SqlLedger(transaction, timelines, numbering), event, when);
  }
}
