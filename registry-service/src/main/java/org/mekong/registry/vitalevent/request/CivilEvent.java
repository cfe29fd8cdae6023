package org.mekong.registry.vitalevent.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Bodies of the ten vital events of the UN. */
sealed interface CivilEvent extends RegisterEvent {

  /** A child is born alive. The date of birth is when the event occurred. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record LiveBirth(
      @Schema(enumeration = "live_birth") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable RegisterPerson child,
      @Nullable PartyBody mother,
      @Nullable PartyBody father)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      if (child == null) {
        from.reader().violations().add("child", "required", "is missing");
        return null;
      }
      Particulars newborn = child.read("child.", from.occurredOn(), from.reader());
      if (!child.readEarlierNumbers("child.", from.reader()).isEmpty()) {
        from.reader().violations().add("child.earlierNumbers", "newborn", "are none of a newborn");
      }
      Party bearer = PartyBody.read("mother", mother, from.reader());
      Party begetter = PartyBody.read("father", father, from.reader());
      return newborn == null ? null : new VitalEvent.LiveBirth(newborn, bearer, begetter);
    }
  }

  /** Somebody dies. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Death(
      @Schema(enumeration = "death") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String deceased,
      @Schema(description = "ICD-10", examples = "I21.9") @Nullable String cause)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID person = from.reader().needKey("deceased", deceased);
      return person == null ? null : new VitalEvent.Death(person, cause);
    }
  }

  /** A child is born dead. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record FoetalDeath(
      @Schema(enumeration = "foetal_death") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String mother,
      @Nullable Integer gestationWeeks,
      @Nullable Integer sex)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID bearer = from.reader().needKey("mother", mother);
      Sex told =
          from.reader()
              .violations()
              .read("sex", sex, "known-code", "is no ISO 5218 code", Sex::ofCode);
      return bearer == null ? null : new VitalEvent.FoetalDeath(bearer, gestationWeeks, told);
    }
  }

  /** Two marry. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Marriage(
      @Schema(enumeration = "marriage") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable List<@Nullable PartyBody> spouses)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      Couple couple = Couple.read(spouses, from.reader());
      return couple == null ? null : new VitalEvent.Marriage(couple.one(), couple.other());
    }
  }

  /** A court or office dissolves a marriage. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Divorce(
      @Schema(enumeration = "divorce") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable List<@Nullable PartyBody> spouses)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      Couple couple = Couple.read(spouses, from.reader());
      return couple == null ? null : new VitalEvent.Divorce(couple.one(), couple.other());
    }
  }

  /** A court declares a marriage void. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record MarriageAnnulment(
      @Schema(enumeration = "marriage_annulment") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable List<@Nullable PartyBody> spouses)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      Couple couple = Couple.read(spouses, from.reader());
      return couple == null ? null : new VitalEvent.MarriageAnnulment(couple.one(), couple.other());
    }
  }

  /** A court separates spouses who stay married. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record JudicialSeparation(
      @Schema(enumeration = "judicial_separation") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable List<@Nullable PartyBody> spouses)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      Couple couple = Couple.read(spouses, from.reader());
      return couple == null
          ? null
          : new VitalEvent.JudicialSeparation(couple.one(), couple.other());
    }
  }

  /** A child gets one adoptive parent, or two who are married. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Adoption(
      @Schema(enumeration = "adoption") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String child,
      @Nullable List<@Nullable PartyBody> parents,
      @Nullable List<RegisterPerson.@Nullable Name> names)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID adoptee = from.reader().needKey("child", child);
      List<Party> adopters = new ArrayList<>();
      List<PartyBody> given = from.reader().needList("parents", parents);
      for (int i = 0; i < given.size(); i++) {
        Party adopter = PartyBody.need("parents[" + i + "]", given.get(i), from.reader());
        if (adopter != null) {
          adopters.add(adopter);
        }
      }
      List<PersonName> borne = names == null ? null : from.reader().names("names", names);
      return adoptee == null ? null : new VitalEvent.Adoption(adoptee, adopters, borne);
    }
  }

  /** A child of parents who married later gets the standing of a child born in marriage. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Legitimation(
      @Schema(enumeration = "legitimation") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String child,
      @Nullable PartyBody father,
      @Nullable PartyBody mother)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID legitimated = from.reader().needKey("child", child);
      Party begetter = PartyBody.need("father", father, from.reader());
      Party bearer = PartyBody.need("mother", mother, from.reader());
      return legitimated == null || begetter == null || bearer == null
          ? null
          : new VitalEvent.Legitimation(legitimated, begetter, bearer);
    }
  }

  /** A parent is acknowledged. */
  @Schema(requiredProperties = {"type", "circumstances"})
  record Recognition(
      @Schema(enumeration = "recognition") String type,
      @Nullable CircumstancesBody circumstances,
      @Nullable String child,
      @Nullable PartyBody parent,
      @Schema(enumeration = {"father", "mother"}) @Nullable String as)
      implements CivilEvent {
    @Override
    public @Nullable VitalEvent read(EventReader.Members from) {
      UUID recognised = from.reader().needKey("child", child);
      Party acknowledged = PartyBody.need("parent", parent, from.reader());
      Boolean paternal =
          from.reader()
              .violations()
              .need(
                  "as",
                  as,
                  "known-code",
                  "is neither father nor mother",
                  code ->
                      code.equals("father") || code.equals("mother")
                          ? Optional.of(code.equals("father"))
                          : Optional.empty());
      return recognised == null || acknowledged == null || paternal == null
          ? null
          : new VitalEvent.Recognition(recognised, acknowledged, paternal);
    }
  }
}
