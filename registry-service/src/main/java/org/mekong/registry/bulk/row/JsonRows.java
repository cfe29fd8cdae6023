package org.mekong.registry.bulk.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.JsonProblemMapper;

/**
 * A row is the body of {@code POST /v1/persons}, and as strictly read.
 *
 * @param reader reads declarations
 */
public record JsonRows(ObjectReader reader) implements RowParser {

  @Override
  public SourceRow parse(long number, byte[] row) {
    try {
      RegisterPerson declaration = reader.readValue(row);
      return declaration == null
          ? new SourceRow.Unreadable(number, List.of(Faults.NOT_AN_OBJECT))
          : new SourceRow.Readable(
              number, declaration, null, null, List.of(), UnaryOperator.identity(), List.of());
    } catch (JsonProcessingException e) {
      HttpProblem problem = JsonProblemMapper.of(e);
      return new SourceRow.Unreadable(number, Faults.of(problem));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
