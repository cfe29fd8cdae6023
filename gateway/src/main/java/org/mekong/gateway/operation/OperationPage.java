package org.mekong.gateway.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;

/**
 * Operations of a client, the newest first, without their outcomes.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(Include.NON_NULL)
public record OperationPage(List<OperationView> operations, @Nullable String next) {

  private static final int BYTES = 17;
  private static final byte FORM = 1;

  public OperationPage {
    operations = List.copyOf(operations);
  }

  /** The first of these that fit, and where it goes on. */
  static OperationPage of(List<Operation> found, int limit) {
    List<OperationView> shown = found.stream().limit(limit).map(OperationView::of).toList();
    return new OperationPage(shown, found.size() > limit ? cursor(shown.getLast().id()) : null);
  }

  private static String cursor(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(FORM)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The operation behind which a page begins. */
  static @Nullable UUID read(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() == BYTES && bytes.get() == FORM) {
        return new UUID(bytes.getLong(), bytes.getLong());
      }
    } catch (IllegalArgumentException e) {
      // no base64url: told below
    }
    throw Problem.malformed("cursor: the member next of a page of the same list.");
  }
}
