package org.mekong.registry.batch;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Violations;

/**
 * The items of a batch, read one by one.
 *
 * @param <Q> what an item asks, once it is read
 * @param ids in the order sent
 * @param questions those that may be asked, in the order sent
 * @param refused the others, by their ids
 */
public record Batch<Q>(
    List<String> ids, List<Asked<Q>> questions, Map<String, ItemProblem> refused) {

  /** The most items of a request. */
  public static final int MOST = 100;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int FORBIDDEN = 403;

  public Batch {
    ids = List.copyOf(ids);
    questions = List.copyOf(questions);
    refused = Map.copyOf(refused);
  }

  /** An item on the wire. */
  public interface Item {

    /** What the caller calls it, once in a request. */
    @Nullable String id();
  }

  /** A question with the id of its item. */
  public record Asked<Q>(String id, Q question) {}

  /**
   * Reads items.
   *
   * @param read reads an item; a problem that it throws is the item's own
   * @param admit says whether it may be asked; a problem 403 is the item's own, any other is one of
   *     the whole request
   * @throws HttpProblem when there are none or too many, or an id is missing, malformed or given
   *     twice
   */
  public static <I extends Item, R, Q> Batch<Q> read(
      @Nullable List<@Nullable I> items, Function<I, R> read, Function<R, Q> admit) {
    Violations violations = new Violations();
    List<I> named = named(items, violations);
    violations.refuse();
    List<String> ids = new ArrayList<>();
    List<Asked<Q>> questions = new ArrayList<>();
    Map<String, ItemProblem> refused = new HashMap<>();
    for (I item : named) {
      String id = Objects.requireNonNull(item.id());
      ids.add(id);
      R content;
      try {
        content = read.apply(item);
      } catch (HttpProblem problem) {
        refused.put(id, ItemProblem.of(problem));
        continue;
      }
      try {
        questions.add(new Asked<>(id, admit.apply(content)));
      } catch (HttpProblem problem) {
        if (problem.getStatusCode() != FORBIDDEN) {
          throw problem;
        }
        refused.put(id, ItemProblem.of(problem));
      }
    }
    return new Batch<>(ids, questions, refused);
  }

  private static <I extends Item> List<I> named(
      @Nullable List<@Nullable I> items, Violations violations) {
    if (items == null || items.isEmpty() || items.size() > MOST) {
      violations.add("items", "size", "holds no item, or more than " + MOST);
      return List.of();
    }
    List<I> named = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      I item = items.get(i);
      String id = item == null ? null : item.id();
      String field = "items[" + i + "].id";
      if (item == null || id == null) {
        violations.add(field, "required", "is missing");
      } else if (!ID.matcher(id).matches()) {
        violations.add(field, "reference", "is not 1 to 64 letters, digits and . _ : -");
      } else if (!ids.add(id)) {
        violations.add(field, "unique", "is given twice");
      } else {
        named.add(item);
      }
    }
    return named;
  }

  /**
   * What comes of each item, in the order sent.
   *
   * @param answers one for each question, in their order
   */
  public <A, V> List<V> outcomes(
      List<A> answers, Outcome<A, V> answered, Outcome<ItemProblem, V> refusing) {
    Map<String, A> byId = new HashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      byId.put(questions.get(i).id(), answers.get(i));
    }
    List<V> outcomes = new ArrayList<>();
    for (String id : ids) {
      ItemProblem problem = refused.get(id);
      outcomes.add(
          problem == null
              ? answered.of(id, Objects.requireNonNull(byId.get(id)))
              : refusing.of(id, problem));
    }
    return outcomes;
  }

  /** Makes the wire form of what came of an item. */
  @FunctionalInterface
  public interface Outcome<A, V> {

    /** The outcome of an item by its id. */
    V of(String id, A what);
  }
}
