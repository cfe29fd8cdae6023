package org.mekong.registry.vitalevent.request;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Bodies of the events that change what a population register holds beside civil status. */
sealed interface ChangeEvent extends RegisterEvent {

  /** Somebody bears other names: all of them from now on. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record NameChange(
      @Schema(enumeration = "name_change") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Nullable List<RegisterPerson.@Nullable Name> names)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID bearer = from.reader().needKey("person", person);
      List<PersonName> borne = from.reader().names("names", names);
      return bearer == null ? null : new VitalEvent.NameChange(bearer, borne);
    }
  }

  /** Somebody's sex was recorded wrongly, or was changed in law. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record SexCorrection(
      @Schema(enumeration = "sex_correction") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Nullable Integer sex)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID id = from.reader().needKey("person", person);
      Sex told =
          from.reader()
              .violations()
              .need("sex", sex, "known-code", "is no ISO 5218 code", Sex::ofCode);
      return id == null || told == null ? null : new VitalEvent.SexCorrection(id, told);
    }
  }

  /** One or more persons move together. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record ResidenceChange(
      @Schema(enumeration = "residence_change") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable List<@Nullable MoverBody> persons,
      @Schema(enumeration = {"permanent", "temporary", "current_abode", "temporary_absence"})
          @Nullable String kind,
      @Schema(description = "Left out when a residence of this kind ends")
          RegisterPerson.@Nullable Location to,
      @Schema(description = "Household that they join; unchanged when left out")
          @Nullable String household)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      List<VitalEvent.Mover> movers = MoverBody.read(persons, from.reader());
      Residence.Kind sense =
          from.reader()
              .violations()
              .need("kind", kind, "known-code", "is no kind of residence", Residence.Kind::ofCode);
      UUID joined = from.reader().key("household", household);
      return sense == null
          ? null
          : new VitalEvent.ResidenceChange(movers, sense, from.reader().place(to), joined);
    }
  }

  /** Somebody joins a household, founds one, changes their place in it, or leaves it. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record HouseholdChange(
      @Schema(enumeration = "household_change") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Schema(description = "Left out when the person leaves theirs")
          RegisterPerson.@Nullable Home household)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID member = from.reader().needKey("person", person);
      Household joined = from.reader().home("household", household);
      return member == null ? null : new VitalEvent.HouseholdChange(member, joined);
    }
  }

  /** Somebody acquires or loses nationalities. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record NationalityChange(
      @Schema(enumeration = "nationality_change") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Nullable List<@Nullable String> acquired,
      @Nullable List<@Nullable String> lost)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID national = from.reader().needKey("person", person);
      Set<String> gained = Set.copyOf(from.reader().list("acquired", acquired));
      Set<String> given = Set.copyOf(from.reader().list("lost", lost));
      return national == null ? null : new VitalEvent.NationalityChange(national, gained, given);
    }
  }

  /** A court declares somebody missing. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record DeclaredMissing(
      @Schema(enumeration = "declared_missing") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID id = from.reader().needKey("person", person);
      return id == null ? null : new VitalEvent.DeclaredMissing(id);
    }
  }

  /** Somebody who was missing is found. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Found(
      @Schema(enumeration = "found") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID id = from.reader().needKey("person", person);
      return id == null ? null : new VitalEvent.Found(id);
    }
  }

  /** A guardian takes up or lays down the care of a ward. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Guardianship(
      @Schema(enumeration = "guardianship") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String ward,
      @Nullable PartyBody guardian,
      @Nullable Boolean ended,
      @Schema(description = "Whether a court declared the ward incapable; else a minor")
          @Nullable Boolean incapable)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID cared = from.reader().needKey("ward", ward);
      Party caring = PartyBody.need("guardian", guardian, from.reader());
      return cared == null || caring == null
          ? null
          : new VitalEvent.Guardianship(
              cared, caring, Boolean.TRUE.equals(ended), Boolean.TRUE.equals(incapable));
    }
  }

  /** Particulars change that no event of civil status brings. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record ParticularsChange(
      @Schema(enumeration = "particulars_change") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Schema(description = "Which of the members are meant; one that is left out is cleared")
          @Nullable List<@Nullable String> fields,
      RegisterPerson.@Nullable Location hometown,
      @Nullable String ethnicity,
      @Nullable String religion,
      @Nullable String bloodGroup,
      @Nullable Contact contact,
      @Nullable String photoReference)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID id = from.reader().needKey("person", person);
      Set<PersonField> named = OpenFields.read(fields, from.reader());
      return id == null
          ? null
          : new VitalEvent.ParticularsChange(
              id,
              named,
              from.reader().place(hometown),
              ethnicity,
              religion,
              bloodGroup,
              contact,
              photoReference);
    }
  }

  /** Somebody comes under protection, so that nobody gets an answer about them, or leaves it. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record ProtectionChange(
      @Schema(enumeration = "protection_change") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Nullable Boolean withheld)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID id = from.reader().needKey("person", person);
      Boolean protect = from.reader().violations().need("withheld", withheld, "", "", Optional::of);
      return id == null || protect == null ? null : new VitalEvent.ProtectionChange(id, protect);
    }
  }

  /**
   * Somebody enters who was born before the register, or abroad. It occurred when they were born.
   */
  @Schema(requiredProperties = {"type", "circumstances"})
  record FirstRegistration(
      @Schema(enumeration = "first_registration") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable RegisterPerson person)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      if (person == null) {
        from.reader().violations().add("person", "required", "is missing");
        return null;
      }
      Particulars declared = person.read("", from.occurredOn(), from.reader());
      List<String> numbers = person.readEarlierNumbers("", from.reader());
      return declared == null ? null : new VitalEvent.FirstRegistration(declared, numbers);
    }
  }

  /** Somebody gets another personal number, because theirs was given or made wrongly. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record NumberReplacement(
      @Schema(enumeration = "number_replacement") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String person,
      @Nullable String reason)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID id = from.reader().needKey("person", person);
      String why = from.reader().needText("reason", reason);
      return id == null || why == null ? null : new VitalEvent.NumberReplacement(id, why);
    }
  }

  /** Two records turn out to be one person. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Merge(
      @Schema(enumeration = "merge") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String survivor,
      @Nullable String duplicate,
      @Schema(description = "Why the two are one although they contradict each other")
          @Nullable String confirmed)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID stays = from.reader().needKey("survivor", survivor);
      UUID goes = from.reader().needKey("duplicate", duplicate);
      return stays == null || goes == null
          ? null
          : new VitalEvent.Merge(stays, goes, DeclarationReader.canonical(confirmed));
    }
  }

  /** A merge was wrong: both persons are what they were. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Split(
      @Schema(enumeration = "split") String type,
      @Nullable CircumstancesBody circumstances,
      @Schema(description = "Event of the merge") @Nullable String merge)
      implements ChangeEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID event = from.reader().needKey("merge", merge);
      return event == null ? null : new VitalEvent.Split(event);
    }
  }
}
