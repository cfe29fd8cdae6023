package org.mekong.gateway.access.officer;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.message.Refusal;

/**
 * Who asks in an agency's name: the officer whom the token names counts, and the request names
 * nobody else. Pure.
 */
public final class OfficerRule {

  private OfficerRule() {}

  /**
   * The refusal of a question whose officer is not named as they must be.
   *
   * @param officer as the question names them
   * @param officerByToken purposes for which the token has to name them, or {@code *}
   */
  public static Optional<Refusal> refusal(
      Agency agency, @Nullable String officer, String purpose, Set<String> officerByToken) {
    String byToken = agency.officer();
    if (byToken != null) {
      return officer == null || officer.equals(byToken)
          ? Optional.empty()
          : refused(
              "token/officer",
              403,
              "The question names another officer than the token.",
              "Leave the officer out, or ask by the officer's own token.");
    }
    if (officerByToken.contains("*") || officerByToken.contains(purpose)) {
      return refused(
          "token/officer-needed",
          403,
          "For this purpose the token has to name the officer who asks.",
          "Exchange the officer's token for one to this gateway (RFC 8693), and ask with that.");
    }
    return officer == null
        ? refused(
            "token/officer-missing",
            400,
            "Neither the question nor the token names the officer who asks.",
            "Name the officer by a pseudonym, or ask by the officer's own token.")
        : Optional.empty();
  }

  private static Optional<Refusal> refused(String rule, int status, String detail, String action) {
    return Optional.of(new Refusal(rule, status, detail, action));
  }
}
