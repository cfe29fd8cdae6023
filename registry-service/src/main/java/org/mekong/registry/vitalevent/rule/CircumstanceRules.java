package org.mekong.registry.vitalevent.rule;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;

/** What holds for when and where an event occurred, and what proves it. */
final class CircumstanceRules {

  private static final int EARLIEST_YEAR = 1900;
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");
  private static final Set<String> DOCUMENTS =
      Set.of(
          "declaration",
          "medical-certificate",
          "court-decision",
          "administrative-decision",
          "certificate",
          "foreign-certificate",
          "other");

  private final NationProfile profile;
  private final PersonalRules personal;
  private final Clock clock;

  CircumstanceRules(NationProfile profile, PersonalRules personal, Clock clock) {
    this.profile = profile;
    this.personal = personal;
    this.clock = clock;
  }

  void check(Circumstances of, Violations violations) {
    String path = "circumstances.";
    LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
    if (of.occurredOn().year() < EARLIEST_YEAR) {
      violations.add(path + "occurredOn", "date-range", "lies before " + EARLIEST_YEAR);
    }
    if (of.registeredOn().isAfter(today)) {
      violations.add(path + "registeredOn", "not-in-future", "lies in the future");
    }
    if (of.occurredOn().earliest().isAfter(today)) {
      violations.add(path + "occurredOn", "not-in-future", "lies in the future");
    } else if (of.occurredOn().earliest().isAfter(of.registeredOn())) {
      violations.add(path + "occurredOn", "before-registration", "lies after the registration");
    }
    personal.place(path + "occurredAt", of.occurredAt(), violations);
    reference(path + "office", of.office(), violations);
    reference(path + "registrar", of.registrar(), violations);
    Circumstances.LegalDocument document = of.document();
    if (!DOCUMENTS.contains(document.kind())) {
      violations.add(
          path + "document.kind",
          "known-code",
          "is none of " + DOCUMENTS.stream().sorted().toList());
    }
    text(path + "document.number", document.number(), violations);
    text(path + "document.issuer", document.issuer(), violations);
    if (document.issuedOn() != null && document.issuedOn().isAfter(today)) {
      violations.add(path + "document.issuedOn", "not-in-future", "lies in the future");
    }
  }

  private static void reference(String field, String text, Violations violations) {
    if (!REFERENCE.matcher(text).matches()) {
      violations.add(field, "reference", "is no reference of at most 128 signs");
    }
  }

  private static void text(String field, @Nullable String text, Violations violations) {
    if (text != null) {
      NameText.inText(text, NameText.LONGEST_TEXT)
          .ifPresent(fault -> violations.add(field, fault.rule(), fault.detail()));
    }
  }
}
