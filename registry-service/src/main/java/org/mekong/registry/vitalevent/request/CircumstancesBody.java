package org.mekong.registry.vitalevent.request;

import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;

/** When and where an event occurred, who registers it, and what proves it. */
public record CircumstancesBody(
    @Schema(description = "2026, 2026-05 or 2026-05-17", examples = "2026-05-17")
        @Nullable String occurredOn,
    @Schema(description = "When the office entered it; today when left out")
        @Nullable String registeredOn,
    RegisterPerson.@Nullable Location occurredAt,
    @Schema(description = "Code of the office", examples = "vn-44-dong-ha") @Nullable String office,
    @Schema(description = "Pseudonym of the registrar", examples = "registrar-7")
        @Nullable String registrar,
    @Nullable Document document) {

  private static final String PATH = "circumstances.";

  /** The legal document that proves the event. */
  @Schema(name = "LegalDocument")
  public record Document(
      @Schema(
              enumeration = {
                "declaration",
                "medical-certificate",
                "court-decision",
                "administrative-decision",
                "certificate",
                "foreign-certificate",
                "other"
              })
          @Nullable String kind,
      @Nullable String number,
      @Nullable String issuedOn,
      @Nullable String issuer) {}

  /** Reads circumstances; nothing where a required member cannot be read. */
  static @Nullable Circumstances read(
      @Nullable CircumstancesBody body, LocalDate today, DeclarationReader reader) {
    Violations violations = reader.violations();
    if (body == null) {
      violations.add("circumstances", "required", "is missing");
      return null;
    }
    PartialDate occurredOn =
        violations.need(
            PATH + "occurredOn",
            body.occurredOn,
            "date",
            "is no date of the calendar",
            PartialDate::parse);
    LocalDate registeredOn = reader.day(PATH + "registeredOn", body.registeredOn);
    String office = violations.need(PATH + "office", body.office, "", "", Optional::of);
    String registrar = violations.need(PATH + "registrar", body.registrar, "", "", Optional::of);
    Circumstances.LegalDocument document = document(body.document, reader);
    if (occurredOn == null || office == null || registrar == null || document == null) {
      return null;
    }
    return new Circumstances(
        occurredOn,
        registeredOn == null ? today : registeredOn,
        reader.place(body.occurredAt),
        office,
        registrar,
        document);
  }

  private static Circumstances.@Nullable LegalDocument document(
      @Nullable Document document, DeclarationReader reader) {
    if (document == null) {
      reader.violations().add(PATH + "document", "required", "is missing");
      return null;
    }
    String kind =
        reader.violations().need(PATH + "document.kind", document.kind, "", "", Optional::of);
    String number = reader.needText(PATH + "document.number", document.number);
    LocalDate issuedOn = reader.day(PATH + "document.issuedOn", document.issuedOn);
    return kind == null || number == null
        ? null
        : new Circumstances.LegalDocument(
            kind, number, issuedOn, DeclarationReader.canonical(document.issuer));
  }
}
