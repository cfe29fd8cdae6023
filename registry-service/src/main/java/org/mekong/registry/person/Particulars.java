package org.mekong.registry.person;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.LifeStatus;
import org.mekong.registry.vitalevent.MaritalStatus;
import org.mekong.registry.vitalevent.PartialDate;

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
}
