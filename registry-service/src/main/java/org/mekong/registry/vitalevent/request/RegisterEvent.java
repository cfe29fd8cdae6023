package org.mekong.registry.vitalevent.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * The body of {@code POST /v1/events}: what {@code type} says decides which other members there
 * are. Codes come as text and are read here, so that every unknown one is answered by its field and
 * rule.
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "type",
    visible = true)
@JsonSubTypes({
  @JsonSubTypes.Type(value = CivilEvent.LiveBirth.class, name = "live_birth"),
  @JsonSubTypes.Type(value = CivilEvent.Death.class, name = "death"),
  @JsonSubTypes.Type(value = CivilEvent.FoetalDeath.class, name = "foetal_death"),
  @JsonSubTypes.Type(value = CivilEvent.Marriage.class, name = "marriage"),
  @JsonSubTypes.Type(value = CivilEvent.Divorce.class, name = "divorce"),
  @JsonSubTypes.Type(value = CivilEvent.MarriageAnnulment.class, name = "marriage_annulment"),
  @JsonSubTypes.Type(value = CivilEvent.JudicialSeparation.class, name = "judicial_separation"),
  @JsonSubTypes.Type(value = CivilEvent.Adoption.class, name = "adoption"),
  @JsonSubTypes.Type(value = CivilEvent.Legitimation.class, name = "legitimation"),
  @JsonSubTypes.Type(value = CivilEvent.Recognition.class, name = "recognition"),
  @JsonSubTypes.Type(value = ChangeEvent.NameChange.class, name = "name_change"),
  @JsonSubTypes.Type(value = ChangeEvent.SexCorrection.class, name = "sex_correction"),
  @JsonSubTypes.Type(value = ChangeEvent.ResidenceChange.class, name = "residence_change"),
  @JsonSubTypes.Type(value = ChangeEvent.HouseholdChange.class, name = "household_change"),
  @JsonSubTypes.Type(value = ChangeEvent.NationalityChange.class, name = "nationality_change"),
  @JsonSubTypes.Type(value = ChangeEvent.DeclaredMissing.class, name = "declared_missing"),
  @JsonSubTypes.Type(value = ChangeEvent.Found.class, name = "found"),
  @JsonSubTypes.Type(value = ChangeEvent.Guardianship.class, name = "guardianship"),
  @JsonSubTypes.Type(value = ChangeEvent.ParticularsChange.class, name = "particulars_change"),
  @JsonSubTypes.Type(value = ChangeEvent.ProtectionChange.class, name = "protection_change"),
  @JsonSubTypes.Type(value = ChangeEvent.FirstRegistration.class, name = "first_registration"),
  @JsonSubTypes.Type(value = ChangeEvent.NumberReplacement.class, name = "number_replacement"),
  @JsonSubTypes.Type(value = ChangeEvent.Merge.class, name = "merge"),
  @JsonSubTypes.Type(value = ChangeEvent.Split.class, name = "split")
})
@Schema(
    oneOf = {
      CivilEvent.LiveBirth.class,
      CivilEvent.Death.class,
      CivilEvent.FoetalDeath.class,
      CivilEvent.Marriage.class,
      CivilEvent.Divorce.class,
      CivilEvent.MarriageAnnulment.class,
      CivilEvent.JudicialSeparation.class,
      CivilEvent.Adoption.class,
      CivilEvent.Legitimation.class,
      CivilEvent.Recognition.class,
      ChangeEvent.NameChange.class,
      ChangeEvent.SexCorrection.class,
      ChangeEvent.ResidenceChange.class,
      ChangeEvent.HouseholdChange.class,
      ChangeEvent.NationalityChange.class,
      ChangeEvent.DeclaredMissing.class,
      ChangeEvent.Found.class,
      ChangeEvent.Guardianship.class,
      ChangeEvent.ParticularsChange.class,
      ChangeEvent.ProtectionChange.class,
      ChangeEvent.FirstRegistration.class,
      ChangeEvent.NumberReplacement.class,
      ChangeEvent.Merge.class,
      ChangeEvent.Split.class
    },
    discriminatorProperty = "type",
    discriminatorMapping = {
      @DiscriminatorMapping(value = "live_birth", schema = CivilEvent.LiveBirth.class),
      @DiscriminatorMapping(value = "death", schema = CivilEvent.Death.class),
      @DiscriminatorMapping(value = "foetal_death", schema = CivilEvent.FoetalDeath.class),
      @DiscriminatorMapping(value = "marriage", schema = CivilEvent.Marriage.class),
      @DiscriminatorMapping(value = "divorce", schema = CivilEvent.Divorce.class),
      @DiscriminatorMapping(
          value = "marriage_annulment",
          schema = CivilEvent.MarriageAnnulment.class),
      @DiscriminatorMapping(
          value = "judicial_separation",
          schema = CivilEvent.JudicialSeparation.class),
      @DiscriminatorMapping(value = "adoption", schema = CivilEvent.Adoption.class),
      @DiscriminatorMapping(value = "legitimation", schema = CivilEvent.Legitimation.class),
      @DiscriminatorMapping(value = "recognition", schema = CivilEvent.Recognition.class),
      @DiscriminatorMapping(value = "name_change", schema = ChangeEvent.NameChange.class),
      @DiscriminatorMapping(value = "sex_correction", schema = ChangeEvent.SexCorrection.class),
      @DiscriminatorMapping(value = "residence_change", schema = ChangeEvent.ResidenceChange.class),
      @DiscriminatorMapping(value = "household_change", schema = ChangeEvent.HouseholdChange.class),
      @DiscriminatorMapping(
          value = "nationality_change",
          schema = ChangeEvent.NationalityChange.class),
      @DiscriminatorMapping(value = "declared_missing", schema = ChangeEvent.DeclaredMissing.class),
      @DiscriminatorMapping(value = "found", schema = ChangeEvent.Found.class),
      @DiscriminatorMapping(value = "guardianship", schema = ChangeEvent.Guardianship.class),
      @DiscriminatorMapping(
          value = "particulars_change",
          schema = ChangeEvent.ParticularsChange.class),
      @DiscriminatorMapping(
          value = "protection_change",
          schema = ChangeEvent.ProtectionChange.class),
      @DiscriminatorMapping(
          value = "first_registration",
          schema = ChangeEvent.FirstRegistration.class),
      @DiscriminatorMapping(
          value = "number_replacement",
          schema = ChangeEvent.NumberReplacement.class),
      @DiscriminatorMapping(value = "merge", schema = ChangeEvent.Merge.class),
      @DiscriminatorMapping(value = "split", schema = ChangeEvent.Split.class)
    })
public sealed interface RegisterEvent permits CivilEvent, ChangeEvent {

  /** The word of the type. */
  String type();

  /** When and where it occurred, who registers it, and what proves it. */
  @Nullable CircumstancesBody circumstances();

  /** The event; nothing where a required member cannot be read. */
  @Nullable VitalEvent read(EventReader.Members from);
}
