package org.mekong.registry.vitalevent.book;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.identifier.BlockExhaustedException;
import org.mekong.registry.identifier.NumberAllocator;
import org.mekong.registry.identifier.NumberBlock;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Problem;

/** Gives numbers to those who enter by an event, and compares them with what is known later. */
@ApplicationScoped
public class Numbering {

  private final NationProfile profile;
  private final NumberAllocator numbers;
  private final NumberScheme scheme;

  Numbering(NationProfile profile, NumberAllocator numbers, NumberScheme scheme) {
    this.profile = profile;
    this.numbers = numbers;
    this.scheme = scheme;
  }

  /** A number for somebody whose particulars keep the rules. */
  String allocate(Connection transaction, UUID id, Particulars particulars) throws SQLException {
    try {
      return numbers.allocate(transaction, id, facts(particulars));
    } catch (BlockExhaustedException e) {
      throw Problem.NUMBER_BLOCK_EXHAUSTED.because(e.getMessage());
    }
  }

  /** Whether a number in force is another than one of the person's facts of birth would be. */
  public boolean isMismatch(Person person) {
    String number = person.personalNumber();
    return number != null
        && person.particulars().sex().isTold()
        && !number.startsWith(scheme.blockOf(facts(person.particulars())).prefix());
  }

  /** The block that somebody's number comes from; their particulars keep the rules. */
  public NumberBlock blockOf(Particulars particulars) {
    return scheme.blockOf(facts(particulars));
  }

  private BirthFacts facts(Particulars particulars) {
    return new BirthFacts(
        Objects.requireNonNull(
            profile.registrationPlaces().get(particulars.placeOfBirthRegistration())),
        particulars.dateOfBirth().year(),
        particulars.sex() == Sex.MALE);
  }
}
