package org.mekong.gateway.register;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.PredicateAnswer;

/** What the register said. */
public sealed interface RegisterAnswer {

  /**
   * Each predicate with its answer.
   *
   * @param answers in the order asked
   * @param disclosure the register's log entry
   */
  record Verified(List<PredicateAnswer> answers, EntryReference disclosure)
      implements RegisterAnswer {

    public Verified {
      answers = List.copyOf(answers);
    }
  }

  /**
   * The fields asked for, or nothing where the person is unknown or withheld.
   *
   * @param person by field name; null when not available
   * @param disclosure the register's log entry, written in both cases
   */
  record Read(@Nullable Map<String, Object> person, EntryReference disclosure)
      implements RegisterAnswer {}

  /**
   * The register does not take this question.
   *
   * @param status 403 where its own permissions are stricter than the agreement; else it is the
   *     asker's fault
   */
  record Refused(int status) implements RegisterAnswer {}
}
