package org.mekong.registry.population.village;

import java.util.List;
import java.util.SplittableRandom;
import org.mekong.registry.population.book.Life;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * A finished village.
 *
 * @param lives everybody, with all that was recorded on them
 * @param events everything that was registered, in that order
 */
public record Village(List<Life> lives, List<RegisteredEvent> events) {

  public Village {
    lives = List.copyOf(lives);
    events = List.copyOf(events);
  }

  static Village make(Settlement settlement, int number) {
    SplittableRandom random = settlement.random(number);
    People people = People.bear(settlement, number, random.split());
    Weddings.hold(settlement, people, random.split());
    Births.settle(settlement, people, random.split());
    Office office = new Office(settlement, people, number, random.split());
    Agenda agenda = new Agenda(people.founded, people.day);
    Homes homes = new Homes(settlement, people, office, number, random.split());
    Numbers numbers = new Numbers(settlement, number);
    Entries entries =
        new Entries(settlement, people, office, homes, agenda, numbers, random.split());
    new FamilyEvents(settlement, people, office, homes, agenda, entries, random.split()).plan();
    new OtherEvents(settlement, people, office, homes, agenda, entries, random.split()).plan();
    agenda.run();
    return new Village(office.book().lives(), office.book().events());
  }
}
