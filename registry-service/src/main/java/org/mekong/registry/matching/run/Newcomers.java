package org.mekong.registry.matching.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.matching.block.BlockingKeys;
import org.mekong.registry.matching.block.Candidates;
import org.mekong.registry.matching.block.Keyed;
import org.mekong.registry.matching.compare.Comparer;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.rule.Outcome;
import org.mekong.registry.matching.rule.RuleSet;
import org.mekong.registry.matching.rule.RuleSets;
import org.mekong.registry.vitalevent.Lookalikes;

/**
 * Looks for persons like a newcomer while they are registered, to warn whoever registers them. It
 * keeps nothing: the pair comes into the queue once the registration is committed, because only
 * then do two who are registered at the same time see each other.
 */
@ApplicationScoped
class Newcomers implements Lookalikes {

  private final RuleSets rules;
  private final Candidates candidates;

  Newcomers(RuleSets rules, Candidates candidates) {
    this.rules = rules;
    this.candidates = candidates;
  }

  @Override
  public int count(Connection transaction, UUID newcomer) throws SQLException {
    Traits traits = candidates.traits(transaction, Set.of(newcomer)).get(newcomer);
    if (traits == null) {
      return 0;
    }
    RuleSet inForce = rules.inForce(transaction).rules();
    Keyed keyed = new Keyed(newcomer, BlockingKeys.of(inForce.blocking(), traits));
    Set<UUID> others = candidates.of(transaction, keyed, inForce.blockLimit()).persons();
    Comparer comparer = new Comparer(inForce);
    Map<UUID, Traits> known = candidates.traits(transaction, others);
    return (int)
        known.values().stream()
            .filter(other -> comparer.compare(traits, other).outcome() != Outcome.NO)
            .count();
  }
}
