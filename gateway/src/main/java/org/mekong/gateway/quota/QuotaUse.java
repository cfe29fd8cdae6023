package org.mekong.gateway.quota;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How much of a day's quota is used.
 *
 * @param nation of the agency
 * @param agency that asks
 * @param client its system, where this is the client's own quota
 * @param purpose why it asks, where this is the agreement's quota
 * @param country which it asks, where this is the agreement's quota
 * @param taken lookups that were done, and those that replicas hold leased
 * @param allowed the quota when it was last taken from
 * @param refused lookups that were refused by this quota or by the rate beside it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuotaUse(
    @Schema(examples = "VN") String nation,
    String agency,
    @Nullable String client,
    @Nullable String purpose,
    @Nullable String country,
    int taken,
    int allowed,
    long refused) {

  /** Where a list goes on: after this key. */
  String cursor() {
    String key = String.join("\n", nation, agency, text(client), text(purpose), text(country));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The key in a cursor: five parts; empty where it is none. */
  static Optional<List<String>> after(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.of(List.of("", "", "", "", ""));
    }
    try {
      String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> parts = List.of(key.split("\n", -1));
      return parts.size() == 5 && key.indexOf('\0') < 0 ? Optional.of(parts) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
