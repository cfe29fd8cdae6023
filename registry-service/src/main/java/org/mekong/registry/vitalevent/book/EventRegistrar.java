package org.mekong.registry.vitalevent.book;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Lookalikes;
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
  private final Lookalikes lookalikes;

  EventRegistrar(
      EventRules rules,
      Timelines timelines,
      Numbering numbering,
      Lookalikes lookalikes,
      Clock clock) {
    this.scribe = new Scribe(rules, clock, new SecureRandom());
    this.timelines = timelines;
    this.numbering = numbering;
    this.lookalikes = lookalikes;
  }

  /**
   * Registers an event in the caller's transaction, which is to be rolled back when this throws.
   * Warns where somebody who enters may stand in the register already.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming the rule that the event breaks
   */
  public Registration register(Connection transaction, VitalEvent event, Circumstances when)
      throws SQLException {
    Ledger ledger = new SqlLedger(transaction, timelines, numbering);
    Registration registration = new Splitting(scribe, ledger).register(event, when);
    return event instanceof VitalEvent.LiveBirth || event instanceof VitalEvent.FirstRegistration
        ? warned(transaction, registration)
        : registration;
  }

  private Registration warned(Connection transaction, Registration registration)
      throws SQLException {
    UUID newcomer = registration.persons().getFirst().personId();
    int alike = lookalikes.count(transaction, newcomer);
    return alike == 0
        ? registration
        : registration.with(
            new Registration.Warning(
                "possible-duplicates",
                "May stand in the register already: "
                    + alike
                    + " in it look alike. Officers find the pairs at GET /v1/duplicates.",
                newcomer));
  }
}
