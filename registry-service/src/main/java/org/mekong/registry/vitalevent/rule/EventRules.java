package org.mekong.registry.vitalevent.rule;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Lives;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * What has to hold for an event and between those whom it touches, as law and nature have it. What
 * one person's own state forbids is said by the changes themselves. The same rules serve the API,
 * the import and the generator; they read no table. Thread-safe.
 */
@ApplicationScoped
public class EventRules {

  /** A parent is at least so many years older than the child. */
  public static final int PARENT_OLDER_BY = 12;

  private final NationProfile profile;
  private final LegalTerms terms;
  private final PersonalRules personal;
  private final CircumstanceRules circumstances;

  /** The rules of a nation; the clock says what lies in the future. */
  public EventRules(NationProfile profile, PersonRules persons, Clock clock) {
    this.profile = profile;
    this.terms = LegalTerms.of(profile.nation());
    this.personal = new PersonalRules(persons, terms);
    this.circumstances = new CircumstanceRules(profile, personal, clock);
  }

  /** The rules that an event breaks, by the members of its request. */
  public Violations check(VitalEvent event, Circumstances when, Lives lives) {
    Violations violations = form(event, when);
    between(event, when, lives, violations);
    return violations;
  }

  /** The rules that an event breaks whoever it is about. */
  public Violations form(VitalEvent event, Circumstances when) {
    Violations violations = new Violations();
    circumstances.check(when, violations);
    personal.form(event, violations);
    return violations;
  }

  /** The rules that an event breaks between those whom it touches. */
  public void between(VitalEvent event, Circumstances when, Lives lives, Violations violations) {
    between(event, new Examination(when.occurredOn(), lives, profile, terms, violations));
  }

  /**
   * What somebody breaks by what they are when an event is taken back that happened to them: a head
   * of a household does not come back to one that has another head by now.
   *
   * @param before the person as the register has them while the event stands
   * @param after the lives without the event, and with whatever replaces it
   */
  public void returning(
      String field,
      UUID person,
      @Nullable Person before,
      Circumstances when,
      Lives after,
      Violations violations) {
    PartialDate now = PartialDate.of(when.registeredOn());
    Examination of = new Examination(now, after, profile, terms, violations);
    Household held = before == null ? null : before.particulars().household();
    after
        .of(person)
        .flatMap(Timeline::latest)
        .map(version -> version.person().particulars().household())
        .filter(household -> !household.equals(held))
        .ifPresent(household -> PersonalRules.head(field, person, household, of));
  }

  /**
   * How many days after the nation's period an event is registered; nothing where it is in time, or
   * the nation sets no period.
   */
  public OptionalLong daysLate(VitalEvent event, Circumstances when) {
    int period =
        switch (event) {
          case VitalEvent.LiveBirth birth -> terms.birthDays();
          case VitalEvent.Death death -> terms.deathDays();
          default -> Integer.MAX_VALUE;
        };
    long days = ChronoUnit.DAYS.between(when.occurredOn().latest(), when.registeredOn());
    return days > period ? OptionalLong.of(days - period) : OptionalLong.empty();
  }

  /**
   * The rules that somebody's later life breaks, when it is corrected how they entered it.
   *
   * @param corrected the particulars with which they enter now
   * @param life the life as it was registered
   */
  public void corrected(Person corrected, Timeline life, Lives lives, Violations violations) {
    for (Timeline.Entry entry : life.entries()) {
      Examination of = new Examination(entry.occurredOn(), lives, profile, terms, violations);
      String event = ", event " + entry.eventId();
      if (entry.type().equals("marriage") && MarriageRules.isTooYoung(corrected, of)) {
        of.refuse(
            "dateOfBirth", "marriage-age", "makes a marriage one below the legal age" + event);
      }
      boolean parent =
          ParentageRules.isBirth(entry, "mother") || ParentageRules.isBirth(entry, "father");
      if (parent && of.isYoungerThan(PARENT_OLDER_BY, corrected)) {
        of.refuse("dateOfBirth", "parent-older", "makes a parent too young" + event);
      }
    }
  }

  private void between(VitalEvent event, Examination of) {
    switch (event) {
      case VitalEvent.LiveBirth birth -> {
        ParentageRules.birth(birth, of);
        PersonalRules.head("child.household", null, birth.child().household(), of);
      }
      case VitalEvent.Death(UUID deceased, String cause) ->
          of.known("deceased", deceased).ifPresent(person -> ParentageRules.death(person, of));
      case VitalEvent.FoetalDeath death -> ParentageRules.foetalDeath(death, of);
      case VitalEvent.Marriage marriage -> MarriageRules.check(marriage, of);
      case VitalEvent.Divorce(Party one, Party other) -> MarriageRules.spouses(one, other, of);
      case VitalEvent.MarriageAnnulment(Party one, Party other) ->
          MarriageRules.spouses(one, other, of);
      case VitalEvent.JudicialSeparation(Party one, Party other) ->
          MarriageRules.spouses(one, other, of);
      case VitalEvent.Adoption adoption -> CareRules.adoption(adoption, of);
      case VitalEvent.Legitimation legitimation -> ParentageRules.legitimation(legitimation, of);
      case VitalEvent.Recognition recognition -> ParentageRules.recognition(recognition, of);
      case VitalEvent.NameChange change -> of.known("person", change.person());
      case VitalEvent.SexCorrection correction -> sex(correction, of);
      case VitalEvent.ResidenceChange move -> PersonalRules.residence(move, of);
      case VitalEvent.HouseholdChange change -> {
        of.known("person", change.person());
        PersonalRules.head("household", change.person(), change.household(), of);
      }
      case VitalEvent.NationalityChange change -> of.known("person", change.person());
      case VitalEvent.DeclaredMissing(UUID person) -> of.known("person", person);
      case VitalEvent.Found(UUID person) -> of.known("person", person);
      case VitalEvent.Guardianship guardianship -> CareRules.guardianship(guardianship, of);
      case VitalEvent.ParticularsChange change -> of.known("person", change.person());
      case VitalEvent.ProtectionChange change -> of.known("person", change.person());
      case VitalEvent.FirstRegistration(Particulars person, List<String> numbers) -> {
        if (!person.dateOfBirth().equals(of.occurredOn())) {
          of.refuse("dateOfBirth", "birth-is-occurrence", "is not when the event occurred");
        }
        ParentageRules.declared(person, of);
        PersonalRules.head("household", null, person.household(), of);
      }
      case VitalEvent.NumberReplacement replacement -> of.known("person", replacement.person());
      case VitalEvent.Merge merge -> MergeRules.check(merge, of);
      case VitalEvent.Correction correction -> between(correction.replacement(), of);
      case VitalEvent.Split split -> {}
      case VitalEvent.EventAnnulment annulment -> {}
    }
  }

  private static void sex(VitalEvent.SexCorrection correction, Examination of) {
    Optional<Person> person = of.known("person", correction.person());
    if (person.isPresent() && of.then(person.get()).sex() == correction.sex()) {
      of.refuse("sex", "differs", "is the sex that the register holds");
    }
  }
}
