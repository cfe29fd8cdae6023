package org.mekong.identity.approval;

import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.journal.JournalEntry;

/**
 * On whose word something is done.
 *
 * @param administrator who asked for it
 * @param approver who agreed; none in the initial setup, and for what one may do alone
 * @param proposal under which it stood
 * @param initialSetup whether one did alone what takes two once there are two
 */
public record Mandate(
    String administrator,
    Optional<String> approver,
    Optional<UUID> proposal,
    boolean initialSetup) {

  /** What one administrator may always do alone. */
  public static Mandate alone(String administrator) {
    return new Mandate(administrator, Optional.empty(), Optional.empty(), false);
  }

  /** What the first administrator does before there is a second. */
  public static Mandate initialSetup(String administrator) {
    return new Mandate(administrator, Optional.empty(), Optional.empty(), true);
  }

  static Mandate approved(Proposal proposal, String approver) {
    return new Mandate(
        proposal.proposedBy(), Optional.of(approver), Optional.of(proposal.id()), false);
  }

  /** Says in an entry of the journal on whose word it is done. */
  public JournalEntry signed(JournalEntry entry) {
    return entry
        .with("administrator", administrator)
        .with("approved_by", approver.orElse(""))
        .with("proposal", proposal.map(UUID::toString).orElse(""))
        .with("mandate", initialSetup ? "initial-setup" : "");
  }
}
