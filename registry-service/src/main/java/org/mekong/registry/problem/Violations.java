package org.mekong.registry.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the broken rules of one request, so that the caller hears of all at once. */
public final class Violations {

  /** More are not listed: the request is far off anyway. */
  private static final int MOST = 20;

  private final List<Violation> found = new ArrayList<>();

  /** Notes a broken rule. */
  public void add(String field, String rule, String detail) {
    if (found.size() < MOST) {
      found.add(new Violation(field, rule, detail));
    }
  }

  /** Reads a coded member: nothing when it is absent, a violation when the code is unknown. */
  public <S, T> @Nullable T read(
      String field,
      @Nullable S value,
      String rule,
      String detail,
      Function<S, Optional<T>> reader) {
    if (value == null) {
      return null;
    }
    Optional<T> read = reader.apply(value);
    if (read.isEmpty()) {
      add(field, rule, detail);
    }
    return read.orElse(null);
  }

  /** The same for a member that has to be there. */
  public <S, T> @Nullable T need(
      String field,
      @Nullable S value,
      String rule,
      String detail,
      Function<S, Optional<T>> reader) {
    if (value == null) {
      add(field, "required", "is missing");
    }
    return read(field, value, rule, detail, reader);
  }

  /** Whether no rule was broken so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, in the order it was found. */
  public List<Violation> list() {
    return List.copyOf(found);
  }

  /** Refuses the request if any rule was broken. */
  public void refuse() {
    if (!found.isEmpty()) {
      throw Problem.invalid(list());
    }
  }
}
