package org.mekong.gateway.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Cursor;

/**
 * Operations of a client, the newest first, without their outcomes.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(Include.NON_NULL)
public record OperationPage(List<OperationView> operations, @Nullable String next) {

  public OperationPage {
    operations = List.copyOf(operations);
  }

  /** The first of these that fit, and where it goes on. */
  static OperationPage of(List<Operation> found, int limit) {
    List<OperationView> shown = found.stream().limit(limit).map(OperationView::of).toList();
    return new OperationPage(
        shown, found.size() > limit ? Cursor.behind(shown.getLast().id()) : null);
  }

  /** The operation behind which a page begins. */
  static @Nullable UUID read(@Nullable String cursor) {
    return Cursor.read(cursor, 2).map(key -> new UUID(key.getLong(), key.getLong())).orElse(null);
  }
}
