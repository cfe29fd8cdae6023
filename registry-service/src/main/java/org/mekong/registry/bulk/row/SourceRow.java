package org.mekong.registry.bulk.row;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.Violation;

/** A row of a file as far as it could be read. */
public sealed interface SourceRow {

  /** The row's number in the file, from 1. */
  long number();

  /**
   * A row that declares somebody.
   *
   * @param declaration the body of {@code POST /v1/persons}; relatives of {@code kin} stand in it
   *     without a key
   * @param reference what other rows call this one
   * @param personalNumber a number that the person has already
   * @param kin relatives who are other rows, or have a number
   * @param naming what a member of the declaration is called in the file
   * @param faults cells that could not be read
   */
  record Readable(
      long number,
      RegisterPerson declaration,
      @Nullable String reference,
      @Nullable String personalNumber,
      List<Kin> kin,
      UnaryOperator<String> naming,
      List<Violation> faults)
      implements SourceRow {
    public Readable {
      kin = List.copyOf(kin);
      faults = List.copyOf(faults);
    }
  }

  /** A row that declares nobody. */
  record Unreadable(long number, List<Violation> faults) implements SourceRow {
    public Unreadable {
      faults = List.copyOf(faults);
    }
  }

  /**
   * A relative by something else than a key.
   *
   * @param index place among the declaration's relationships
   * @param field what the file calls the cell
   * @param byNumber whether it is a number of the register, not another row
   */
  record Kin(int index, String field, boolean byNumber, String value) {}
}
