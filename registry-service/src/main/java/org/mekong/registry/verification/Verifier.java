package org.mekong.registry.verification;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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
import org.mekong.registry.statement.Statements;

/**
 * Answers statements. An unknown person, a withheld one and one of whom nothing can be told make
 * the same answer by the same statements to the database.
 */
@ApplicationScoped
class Verifier {

  private final People people;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final Statements statements;
  private final NationProfile profile;
  private final Clock clock;

  Verifier(
      People people,
      DisclosureDesk desk,
      Permissions permissions,
      Statements statements,
      NationProfile profile,
      Clock clock) {
    this.people = people;
    this.desk = desk;
    this.permissions = permissions;
    this.statements = statements;
    this.profile = profile;
    this.clock = clock;
  }

  /**
   * Admits a question for statements, which count as fields.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when one of them may not be asked
   */
  Question admit(
      @Nullable String purpose,
      People.Key key,
      List<Predicate> predicates,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    List<String> names = predicates.stream().map(Predicate::name).distinct().toList();
    Enquiry enquiry = permissions.admit(Kind.VERIFY, purpose, names, legalBasis, requester);
    return new Question(enquiry, key, predicates);
  }

  VerificationView verify(Question question) {
    Statements.Signer signer = statements.signer();
    return VerificationView.of(
        question,
        desk.giveByKey(
            question.enquiry(),
            keys(List.of(question)),
            (transaction, persons) ->
                look(
                    question,
                    key -> Optional.ofNullable(persons.get(key)).map(People.Current::person))),
        signer);
  }

  /** Answers several, at least one, of one requester; the persons are read together. */
  List<VerificationView> verifyEach(List<Question> questions) {
    Statements.Signer signer = statements.signer();
    List<Disclosed<List<VerificationView.Item>>> disclosed =
        desk.giveEach(
            questions.stream().map(Question::enquiry).toList(),
            transaction -> {
              Map<People.Key, Person> known = people.findEach(transaction, keys(questions));
              List<Finding<List<VerificationView.Item>>> findings = new ArrayList<>();
              for (Question question : questions) {
                findings.add(look(question, key -> Optional.ofNullable(known.get(key))));
              }
              return findings;
            });
    List<VerificationView> views = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      views.add(VerificationView.of(questions.get(i), disclosed.get(i), signer));
    }
    return views;
  }

  private static Set<People.Key> keys(List<Question> questions) {
    Set<People.Key> keys = new HashSet<>();
    for (Question question : questions) {
      keys.add(question.key());
      for (Predicate predicate : question.predicates()) {
        if (predicate instanceof Predicate.ParentOf(String number)) {
          keys.add(new People.Key.ByNumber(number));
        }
      }
    }
    return keys;
  }

  private Finding<List<VerificationView.Item>> look(
      Question question, Function<People.Key, Optional<Person>> finder) {
    Optional<Person> found = finder.apply(question.key());
    List<UUID> subjects = new ArrayList<>();
    subjects.add(subject(found));
    Map<String, Person> others = new HashMap<>();
    for (Predicate predicate : question.predicates()) {
      if (predicate instanceof Predicate.ParentOf(String number)) {
        Optional<Person> other = finder.apply(new People.Key.ByNumber(number));
        subjects.add(subject(other));
        other.ifPresent(person -> others.put(number, person));
      }
    }
    Optional<Person> shown = found.filter(person -> !person.particulars().withheld());
    LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
    Examiner examiner = new Examiner(shown, question.key(), others, today);
    List<VerificationView.Item> answers =
        question.predicates().stream()
            .map(asked -> new VerificationView.Item(asked.name(), examiner.decide(asked)))
            .toList();
    return new Finding<>(answers, shown.isPresent(), subjects);
  }

  private static UUID subject(Optional<Person> person) {
    return person.map(Person::id).orElseGet(UUID::randomUUID);
  }
}
