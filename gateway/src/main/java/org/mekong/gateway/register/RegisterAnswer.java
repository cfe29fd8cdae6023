package org.mekong.gateway.register;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.Finding;
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
   * Who fits what is known.
   *
   * @param finding as it may be passed on
   * @param persons the register's keys of those who are shown, in the order of the finding; they
   *     stay in this nation
   * @param disclosure the register's log entry, of several persons the first one's
   */
  record Found(Finding finding, List<UUID> persons, EntryReference disclosure)
      implements RegisterAnswer {

    public Found {
      persons = List.copyOf(persons);
    }
  }

  /**
   * The register does not take this question.
   *
   * @param status 403 where its own permissions are stricter than the agreement; else it is the
   *     asker's fault
   */
  record Refused(int status) implements RegisterAnswer {}
}
