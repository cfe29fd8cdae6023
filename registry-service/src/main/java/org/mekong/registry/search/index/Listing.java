package org.mekong.registry.search.index;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Residence;

/**
 * What the index knows of a person.
 *
 * @param names all names borne now
 * @param formerNames names borne before; still found, but ranked lower
 * @param province code of the province of permanent residence, if in this nation
 * @param temporary the same for a temporary residence
 * @param abode the same for the current abode
 * @param withheld whether nobody may find the person
 */
public record Listing(
    UUID personId,
    List<PersonName> names,
    List<PersonName> formerNames,
    PartialDate dateOfBirth,
    Sex sex,
    @Nullable String province,
    @Nullable String temporary,
    @Nullable String abode,
    boolean withheld) {

  public Listing {
    names = List.copyOf(names);
    formerNames = List.copyOf(formerNames);
  }

  /** The listing of a person who bore other names before; nothing for one merged into another. */
  public static Optional<Listing> of(Person person, List<PersonName> formerNames) {
    if (person.mergedInto() != null) {
      return Optional.empty();
    }
    Particulars of = person.particulars();
    return Optional.of(
        new Listing(
            person.id(),
            of.names(),
            formerNames,
            of.dateOfBirth(),
            of.sex(),
            province(of, Residence.Kind.PERMANENT),
            province(of, Residence.Kind.TEMPORARY),
            province(of, Residence.Kind.CURRENT_ABODE),
            of.withheld()));
  }

  private static @Nullable String province(Particulars of, Residence.Kind kind) {
    return of.residences().stream()
        .filter(residence -> residence.kind() == kind)
        .findFirst()
        .map(residence -> residence.place().province())
        .orElse(null);
  }
}
