package org.mekong.identity.consent;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.mekong.identity.page.Language;

/** What the client may ask other registers; an empty text was not said. */
public record Lookup(
    String purpose, String legalBasis, List<String> countries, List<String> fields) {
  public Lookup {
    countries = List.copyOf(countries);
    fields = List.copyOf(fields);
  }

  /** In the reader's words where we have them, in those of the registration elsewhere. */
  public static Lookup of(
      AuthorizationDetail detail, Language language, Map<String, String> texts) {
    String purpose = Objects.requireNonNullElse(detail.getStringField("purpose"), "");
    Locale locale = Locale.of(language.code());
    return new Lookup(
        texts.getOrDefault("purpose." + purpose, purpose),
        Objects.requireNonNullElse(detail.getStringField("legal_basis"), ""),
        each(detail, "countries", country -> Locale.of("", country).getDisplayCountry(locale)),
        each(detail, "fields", fact -> texts.getOrDefault("fact." + fact, fact)));
  }

  private static List<String> each(
      AuthorizationDetail detail, String member, UnaryOperator<String> word) {
    List<String> values = Objects.requireNonNullElse(detail.getStringListField(member), List.of());
    return values.stream().map(word).toList();
  }
}
