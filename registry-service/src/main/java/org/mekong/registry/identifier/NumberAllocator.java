package org.mekong.registry.identifier;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.mekong.registry.identifier.block.CrowdedBlocks;

/**
 * Gives out personal numbers. Any number of replicas may allocate at once: a random candidate is
 * claimed by inserting it, and the primary key decides. A claimed number is never deleted, so none
 * is given twice. Thread-safe.
 */
@ApplicationScoped
public class NumberAllocator {

  private static final String CLAIM =
      "insert into identifier (number, person_id) values (?, ?) on conflict (number) do nothing";

  private final NumberScheme scheme;
  private final int attempts;
  private final CrowdedBlocks crowded;
  private final RandomGenerator random = new SecureRandom();

  NumberAllocator(NumberScheme scheme, IdentifierConfig config, CrowdedBlocks crowded) {
    this.scheme = scheme;
    this.attempts = config.attempts();
    this.crowded = crowded;
  }

  /** Claims a number for a person, in the caller's transaction. */
  public String allocate(Connection transaction, UUID personId, BirthFacts facts)
      throws SQLException, BlockExhaustedException {
    NumberBlock block = scheme.blockOf(facts);
    try (PreparedStatement claim = transaction.prepareStatement(CLAIM)) {
      claim.setObject(2, personId);
      for (int attempt = 0; attempt < attempts; attempt++) {
        String candidate = block.number(random.nextInt(block.capacity()));
        claim.setString(1, candidate);
        if (claim.executeUpdate() == 1) {
          return candidate;
        }
        crowded.note(block);
      }
    }
    crowded.noteExhausted(block);
    throw new BlockExhaustedException(attempts);
  }
}
