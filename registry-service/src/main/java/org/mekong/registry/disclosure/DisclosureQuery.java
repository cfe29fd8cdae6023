package org.mekong.registry.disclosure;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Violations;

/** What of a list of disclosures is asked for, as it was sent. */
public record DisclosureQuery(
    @Parameter(description = "disclosures of this RFC 3339 instant and after") @QueryParam("from")
        @Nullable String from,
    @Parameter(description = "disclosures before this RFC 3339 instant") @QueryParam("to")
        @Nullable String to,
    @Parameter(description = "false leaves out what the person looked at themself")
        @QueryParam("own")
        @Nullable String own,
    @Parameter(description = "where the page before ended") @QueryParam("cursor")
        @Nullable String cursor,
    @Parameter(description = "1 to 100", example = "20") @QueryParam("limit")
        @Nullable String limit) {

  private static final int USUAL = 20;
  private static final int MOST = 100;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * A part of a list, newest first.
   *
   * @param before key of the last one of the page before
   */
  record Part(
      @Nullable Instant from,
      @Nullable Instant to,
      boolean own,
      @Nullable UUID before,
      int limit) {}

  /**
   * Reads the parameters.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming each that cannot be read
   */
  Part read() {
    Violations violations = new Violations();
    Instant start = instant("from", from, violations);
    Instant end = instant("to", to, violations);
    if (start != null && end != null && !start.isBefore(end)) {
      violations.add("to", "range", "is not after from");
    }
    Boolean ownToo =
        violations.read(
            "own",
            own,
            "boolean",
            "is neither true nor false",
            text ->
                text.equals("true") || text.equals("false")
                    ? Optional.of(Boolean.valueOf(text))
                    : Optional.empty());
    UUID before =
        violations.read(
            "cursor", cursor, "cursor", "is no cursor of this list", DisclosureQuery::uuid);
    Integer most =
        violations.read(
            "limit",
            limit,
            "range",
            "is no number from 1 to " + MOST,
            text ->
                text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MOST
                    ? Optional.of(Integer.valueOf(text))
                    : Optional.empty());
    violations.refuse();
    return new Part(start, end, ownToo == null || ownToo, before, most == null ? USUAL : most);
  }

  /** A key of the register in the form it gives out, if the text is one. */
  static Optional<UUID> uuid(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static @Nullable Instant instant(
      String field, @Nullable String value, Violations violations) {
    return violations.read(
        field,
        value,
        "instant",
        "is no RFC 3339 instant",
        text -> {
          try {
            // Years of four digits: the database knows no others.
            return text.matches("[0-9].*") ? Optional.of(Instant.parse(text)) : Optional.empty();
          } catch (DateTimeParseException e) {
            return Optional.empty();
          }
        });
  }
}
