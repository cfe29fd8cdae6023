package org.mekong.registry.verification;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.People;

/**
 * Answers statements. An unknown person, a withheld one and one of whom nothing can be told make
 * the same answer by the same statements to the database.
 */
@ApplicationScoped
class Verifier {

  private final People people;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final NationProfile profile;
  private final Clock clock;

  Verifier(
      People people,
      DisclosureDesk desk,
      Permissions permissions,
      NationProfile profile,
      Clock clock) {
    this.people = people;
    this.desk = desk;
    this.permissions = permissions;
    this.profile = profile;
    this.clock = clock;
  }

  /**
   * Admits a question for statements, which count as fields.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when one of them may not be asked
   */
  Enquiry admit(
      @Nullable String purpose,
      List<Predicate> predicates,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    List<String> names = predicates.stream().map(Predicate::name).distinct().toList();
    return permissions.admit(Kind.VERIFY, purpose, names, legalBasis, requester);
  }

  Disclosed<List<VerificationView.Item>> verify(
      Enquiry enquiry, People.Key key, List<Predicate> predicates) {
    return desk.give(enquiry, transaction -> look(transaction, key, predicates));
  }

  private Finding<List<VerificationView.Item>> look(
      Connection transaction, People.Key key, List<Predicate> predicates) throws SQLException {
    Optional<Person> found = people.find(transaction, key);
    List<UUID> subjects = new ArrayList<>();
    subjects.add(subject(found));
    Map<String, Person> others = new HashMap<>();
    for (Predicate predicate : predicates) {
      if (predicate instanceof Predicate.ParentOf(String number)) {
        Optional<Person> other = people.find(transaction, new People.Key.ByNumber(number));
        subjects.add(subject(other));
        other.ifPresent(person -> others.put(number, person));
      }
    }
    Optional<Person> shown = found.filter(person -> !person.particulars().withheld());
    LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
    Examiner examiner = new Examiner(shown, key, others, today);
    List<VerificationView.Item> answers =
        predicates.stream()
            .map(asked -> new VerificationView.Item(asked.name(), examiner.decide(asked)))
            .toList();
    return new Finding<>(answers, shown.isPresent(), subjects);
  }

  private static UUID subject(Optional<Person> person) {
    return person.map(Person::id).orElseGet(UUID::randomUUID);
  }
}
