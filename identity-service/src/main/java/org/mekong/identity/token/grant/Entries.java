package org.mekong.identity.token.grant;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.util.List;
import java.util.Objects;
import org.mekong.identity.journal.JournalEntry;

/** Says in a journal entry what a token grants. */
public final class Entries {
  private Entries() {}

  public static void describe(JournalEntry entry, Grant grant, String token) {
    entry.with("resource", grant.resource()).with("scopes", grant.scopes()).withDigestOf(token);
    grant.person().ifPresent(person -> entry.with("grant", person.grantId().toString()));
    if (grant.details().size() == 1) {
      AuthorizationDetail detail = grant.details().getFirst();
      entry
          .with("purpose", text(detail, "purpose"))
          .with("legal_basis", text(detail, "legal_basis"))
          .with("countries", texts(detail, "countries"))
          .with("fields", texts(detail, "fields"));
    } else {
      entry.with(
          "purposes", grant.details().stream().map(detail -> text(detail, "purpose")).toList());
    }
  }

  private static String text(AuthorizationDetail detail, String member) {
    return Objects.requireNonNullElse(detail.getStringField(member), "");
  }

  private static List<String> texts(AuthorizationDetail detail, String member) {
    return Objects.requireNonNullElse(detail.getStringListField(member), List.of());
  }
}
