package org.mekong.registry.person;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * What is declared about a person when they enter the register: everything but what the register
 * itself gives them. {@link PersonRules} says what holds for it.
 *
 * @param placeOfBirthRegistration code of a registration place of the nation profile
 * @param ethnicity two-digit code of the nation's official list
 * @param nationalities ISO 3166-1 alpha-2 codes
 * @param withheld whether the person is protected: nobody gets an answer about them
 */
public record Particulars(
    List<PersonName> names,
    PartialDate dateOfBirth,
    Sex sex,
    @Nullable Place placeOfBirth,
    String placeOfBirthRegistration,
    @Nullable Place hometown,
    @Nullable String ethnicity,
    @Nullable String religion,
    List<String> nationalities,
    @Nullable String bloodGroup,
    MaritalStatus maritalStatus,
    LifeStatus lifeStatus,
    @Nullable PartialDate dateOfDeath,
    List<Residence> residences,
    List<Relationship> relationships,
    @Nullable Household household,
    @Nullable Contact contact,
    @Nullable String photoReference,
    boolean withheld) {

  public Particulars {
    names = List.copyOf(names);
    nationalities = List.copyOf(nationalities);
    residences = List.copyOf(residences);
    relationships = List.copyOf(relationships);
  }

  /** The same particulars, to be changed in a few members. */
  public Builder but() {
    return new Builder(this);
  }

  /** Particulars in the making. Not thread-safe. */
  public static final class Builder {
    private List<PersonName> names;
    private Sex sex;
    private @Nullable Place hometown;
    private @Nullable String ethnicity;
    private @Nullable String religion;
    private List<String> nationalities;
    private @Nullable String bloodGroup;
    private MaritalStatus maritalStatus;
    private LifeStatus lifeStatus;
    private @Nullable PartialDate dateOfDeath;
    private List<Residence> residences;
    private List<Relationship> relationships;
    private @Nullable Household household;
    private @Nullable Contact contact;
    private @Nullable String photoReference;
    private boolean withheld;
    private final Particulars from;

    private Builder(Particulars from) {
      this.from = from;
      names = from.names;
      sex = from.sex;
      hometown = from.hometown;
      ethnicity = from.ethnicity;
      religion = from.religion;
      nationalities = from.nationalities;
      bloodGroup = from.bloodGroup;
      maritalStatus = from.maritalStatus;
      lifeStatus = from.lifeStatus;
      dateOfDeath = from.dateOfDeath;
      residences = from.residences;
      relationships = from.relationships;
      household = from.household;
      contact = from.contact;
      photoReference = from.photoReference;
      withheld = from.withheld;
    }

    /** With other names. */
    public Builder names(List<PersonName> value) {
      names = value;
      return this;
    }

    /** With other sex. */
    public Builder sex(Sex value) {
      sex = value;
      return this;
    }

    /** With other hometown. */
    public Builder hometown(@Nullable Place value) {
      hometown = value;
      return this;
    }

    /** With other ethnicity. */
    public Builder ethnicity(@Nullable String value) {
      ethnicity = value;
      return this;
    }

    /** With other religion. */
    public Builder religion(@Nullable String value) {
      religion = value;
      return this;
    }

    /** With other nationalities. */
    public Builder nationalities(List<String> value) {
      nationalities = value;
      return this;
    }

    /** With other bloodGroup. */
    public Builder bloodGroup(@Nullable String value) {
      bloodGroup = value;
      return this;
    }

    /** With other maritalStatus. */
    public Builder maritalStatus(MaritalStatus value) {
      maritalStatus = value;
      return this;
    }

    /** With other lifeStatus. */
    public Builder lifeStatus(LifeStatus value) {
      lifeStatus = value;
      return this;
    }

    /** With other dateOfDeath. */
    public Builder dateOfDeath(@Nullable PartialDate value) {
      dateOfDeath = value;
      return this;
    }

    /** With other residences. */
    public Builder residences(List<Residence> value) {
      residences = value;
      return this;
    }

    /** With other relationships. */
    public Builder relationships(List<Relationship> value) {
      relationships = value;
      return this;
    }

    /** With other household. */
    public Builder household(@Nullable Household value) {
      household = value;
      return this;
    }

    /** With other contact. */
    public Builder contact(@Nullable Contact value) {
      contact = value;
      return this;
    }

    /** With other photoReference. */
    public Builder photoReference(@Nullable String value) {
      photoReference = value;
      return this;
    }

    /** With other withheld. */
    public Builder withheld(boolean value) {
      withheld = value;
      return this;
    }

    /** The particulars. */
    public Particulars build() {
      return new Particulars(
          names,
          from.dateOfBirth,
          sex,
          from.placeOfBirth,
          from.placeOfBirthRegistration,
          hometown,
          ethnicity,
          religion,
          nationalities,
          bloodGroup,
          maritalStatus,
          lifeStatus,
          dateOfDeath,
          residences,
          relationships,
          household,
          contact,
          photoReference,
          withheld);
    }
  }
}
