package org.mekong.gateway.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key}. */
public final class IdempotencyKey {

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  /**
   * The key of a request.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem where it is none
   */
  public static Optional<String> read(@Nullable String header) {
    if (header != null && !KEY.matcher(header).matches()) {
      throw Problem.malformed("Idempotency-Key: 1 to 255 visible ASCII characters.");
    }
    return Optional.ofNullable(header);
  }
}
