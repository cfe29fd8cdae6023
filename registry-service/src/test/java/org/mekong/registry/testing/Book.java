package org.mekong.registry.testing;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/** Registers events as an office would, each in a transaction of its own. */
public final class Book {

  private final DataSource database;
  private final EventRegistrar events;

  /** The book of a node. */
  public Book(DataSource database, EventRegistrar events) {
    this.database = database;
    this.events = events;
  }

  /** Registers an event today. */
  public Registration register(String occurredOn, VitalEvent event) {
    Circumstances when =
        new Circumstances(
            PartialDate.parse(occurredOn).orElseThrow(),
            LocalDate.now(),
            null,
            "office",
            "registrar",
            new Circumstances.LegalDocument("declaration", "1", null, null));
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        Registration registration = events.register(transaction, event, when);
        transaction.commit();
        return registration;
      } catch (SQLException | HttpProblem e) {
        transaction.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Registers somebody who was born on a day, alone or in a household. */
  public Registration.Touched person(String birth, Sex sex, Household... household) {
    return register(
            birth,
            new VitalEvent.FirstRegistration(
                particulars(birth, sex, "An", "44", household.length == 0 ? null : household[0]),
                List.of()))
        .persons()
        .getFirst();
  }

  /** Official names that differ in the given one. */
  public static List<PersonName> names(String given) {
    return List.of(
        new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Nguyễn", null, given));
  }

  /** Particulars of somebody single who lives in a province. */
  public static Particulars particulars(
      String birth, Sex sex, String given, String province, @Nullable Household household) {
    return new Particulars(
        names(given),
        PartialDate.parse(birth).orElseThrow(),
        sex,
        null,
        "045",
        null,
        null,
        "buddhist",
        List.of("VN"),
        null,
        MaritalStatus.SINGLE,
        LifeStatus.ALIVE,
        null,
        List.of(new Residence(Residence.Kind.PERMANENT, new Place("VN", province, null))),
        List.of(),
        household,
        null,
        null,
        false);
  }

  /** A move of the permanent residence to a province. */
  public static VitalEvent move(UUID person, String province) {
    return VitalEvent.ResidenceChange.of(
        person, Residence.Kind.PERMANENT, new Place("VN", province, null), null);
  }
}
