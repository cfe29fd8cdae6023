package org.mekong.registry.vitalevent.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.rule.EventRules;

/** What the registrar should know of an event that is registered all the same. */
record Warnings(EventRules rules, Ledger ledger) {

  List<Registration.Warning> of(
      VitalEvent event, Circumstances when, Collection<UUID> persons, Additions additions) {
    List<Registration.Warning> warnings = new ArrayList<>();
    rules
        .daysLate(event, when)
        .ifPresent(
            days ->
                warnings.add(
                    new Registration.Warning(
                        "late-registration",
                        "Registered " + days + " days after the period that the law sets.",
                        null)));
    boolean corrects =
        event instanceof VitalEvent.SexCorrection || event instanceof VitalEvent.Correction;
    for (UUID id : corrects ? List.copyOf(persons) : List.<UUID>of()) {
      if (additions.now(id).filter(ledger::isMismatch).isPresent()) {
        warnings.add(
            new Registration.Warning(
                "number-mismatch",
                "The personal number is not one that these facts of birth would get. It stays.",
                id));
      }
    }
    return warnings;
  }
}
