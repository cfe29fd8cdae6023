package org.mekong.registry.operation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;

/**
 * What a creating request is known by: the caller and the {@code Idempotency-Key} they chose.
 *
 * @param caller the caller's id; keys of different callers never meet
 */
public record OperationKey(String caller, String key) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,128}");

  /** Reads the header. */
  public static OperationKey of(String caller, @Nullable String header) {
    if (header == null) {
      throw Problem.IDEMPOTENCY_KEY_REQUIRED.because("The Idempotency-Key header is missing.");
    }
    if (!FORM.matcher(header).matches()) {
      throw Problem.IDEMPOTENCY_KEY_REQUIRED.because(
          "The Idempotency-Key is not 8 to 128 letters, digits, - or _.");
    }
    return new OperationKey(caller, header);
  }
}
