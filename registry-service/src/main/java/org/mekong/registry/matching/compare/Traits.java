package org.mekong.registry.matching.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * What of a person is compared, normalised. Immutable.
 *
 * @param mother as the record has her, by key of the register or by name
 * @param residence permanent residence
 * @param numbers in force and earlier
 */
public record Traits(
    UUID id,
    List<SpokenName> names,
    PartialDate dateOfBirth,
    Sex sex,
    String birthRegistration,
    @Nullable Parent mother,
    @Nullable Parent father,
    @Nullable Home residence,
    @Nullable String phone,
    @Nullable String email,
    SortedSet<String> numbers) {

  public Traits {
    names = List.copyOf(names);
    numbers = new TreeSet<>(numbers);
  }

  /** A parent in the register, or one known by name alone, as it sounds. */
  public record Parent(@Nullable UUID id, @Nullable String sound) {

    /** What blocks are made of. */
    public String text() {
      return id == null ? String.valueOf(sound) : id.toString();
    }
  }

  /** A permanent residence; {@code text} is normalised. */
  public record Home(String country, @Nullable String province, @Nullable String text) {}

  /**
   * What is compared of a person; nothing of somebody who was merged into another, and nothing of
   * somebody who is protected: about them nobody gets an answer, so nobody is compared with them.
   */
  public static Optional<Traits> of(Person person) {
    Particulars of = person.particulars();
    if (person.mergedInto() != null || of.withheld()) {
      return Optional.empty();
    }
    SortedSet<String> numbers = new TreeSet<>(person.earlierNumbers());
    if (person.personalNumber() != null) {
      numbers.add(person.personalNumber());
    }
    Contact contact = of.contact();
    String email = contact == null ? null : contact.email();
    return Optional.of(
        new Traits(
            person.id(),
            of.names().stream().map(SpokenName::of).toList(),
            of.dateOfBirth(),
            of.sex(),
            of.placeOfBirthRegistration(),
            parent(of, Relationship.Kind.MOTHER),
            parent(of, Relationship.Kind.FATHER),
            of.residences().stream()
                .filter(residence -> residence.kind() == Residence.Kind.PERMANENT)
                .findFirst()
                .map(residence -> home(residence.place()))
                .orElse(null),
            contact == null ? null : contact.phone(),
            email == null ? null : email.toLowerCase(Locale.ROOT),
            numbers));
  }

  /** A digest that changes when anything does that is compared. */
  public long digest() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The parents that are known. */
  public Stream<Parent> parents() {
    return Stream.of(Optional.ofNullable(mother), Optional.ofNullable(father))
        .flatMap(Optional::stream);
  }

  private static @Nullable Parent parent(Particulars of, Relationship.Kind kind) {
    return of.relationships().stream()
        .filter(relative -> relative.kind() == kind)
        .findFirst()
        .map(Traits::parent)
        .orElse(null);
  }

  private static Parent parent(Relationship relative) {
    String name = relative.name();
    return new Parent(relative.personId(), name == null ? null : SpokenName.sound(name));
  }

  private static Home home(Place place) {
    String text = place.text();
    return new Home(place.country(), place.province(), text == null ? null : NameKey.of(text));
  }
}
