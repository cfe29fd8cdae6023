package org.mekong.identity.approval;

import java.sql.SQLException;
import java.util.Set;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.Transaction;

/**
 * Something that one administrator proposes and another approves.
 *
 * @param word its name in proposals and in the journal, for example {@code client-change}
 * @param request what its content is read as
 * @param deed what is done
 * @param personal members of the content that say something of a person, whatever their depth: they
 *     are erased when the proposal is decided
 */
public record JointAct(String word, Class<?> request, Deed<Object> deed, Set<String> personal) {
  public JointAct {
    personal = Set.copyOf(personal);
  }

  /**
   * Does it, in one transaction with its entry in the journal; refuses by throwing a problem. It is
   * also run on trial, and undone, when it is proposed.
   */
  @FunctionalInterface
  public interface Deed<R> {
    Outcome perform(Transaction transaction, Mandate mandate, String target, R request)
        throws SQLException;
  }

  /** An act whose content is of a type. */
  public static <R> JointAct of(String word, Class<R> request, Deed<R> deed) {
    return new JointAct(
        word,
        request,
        (transaction, mandate, target, content) ->
            deed.perform(transaction, mandate, target, request.cast(content)),
        Set.of());
  }

  /** The same, with members that say something of a person. */
  public JointAct erasing(String... members) {
    return new JointAct(word, request, deed, Set.of(members));
  }
}
