package org.mekong.identity.client;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/**
 * One thing a client may ask about people: the registered form of {@code authorization_details}
 * (RFC 9396) of type {@code population_lookup}.
 *
 * @param type {@code population_lookup}
 * @param purpose why, in a word of the agreement
 * @param legalBasis the law or decree that allows it; when absent, a request may name its own
 * @param countries whose people, ISO 3166-1 alpha-2
 * @param kinds {@code verify}, {@code match}, {@code read}, {@code search}
 * @param fields fields and predicates
 */
public record LookupPermission(
    @Schema(required = true, example = "population_lookup") String type,
    @Schema(required = true, example = "marriage") String purpose,
    @Schema(example = "Law 60/2014/QH13, article 18") @Nullable String legalBasis,
    @Schema(required = true, example = "[\"LA\"]") List<String> countries,
    @Schema(required = true, example = "[\"verify\"]") List<String> kinds,
    @Schema(required = true, example = "[\"alive\",\"age_over\",\"married\"]")
        List<String> fields) {

  /** The one type of authorization details that this issuer knows. */
  public static final String TYPE = "population_lookup";

  static final List<String> KINDS = List.of("verify", "match", "read", "search");
  private static final Pattern PURPOSE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  void check(Members members, String at) {
    members
        .require(TYPE.equals(type), at + ".type", "must be " + TYPE)
        .form(at + ".purpose", purpose, PURPOSE)
        .text(at + ".legalBasis", Objects.requireNonNullElse(legalBasis, ""), 0, 300);
    each(members, at + ".countries", countries, COUNTRY);
    each(members, at + ".fields", fields, FIELD);
    members
        .list(at + ".kinds", kinds, 1, KINDS.size())
        .require(kinds != null && KINDS.containsAll(kinds), at + ".kinds", "must be of " + KINDS);
  }

  private static void each(Members members, String at, List<String> values, Pattern form) {
    members
        .list(at, values, 1, 64)
        .require(
            values != null && values.stream().allMatch(v -> v != null && form.matcher(v).matches()),
            at,
            "must match " + form.pattern());
  }
}
