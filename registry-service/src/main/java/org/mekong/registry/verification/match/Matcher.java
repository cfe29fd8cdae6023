package org.mekong.registry.verification.match;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.matching.block.Candidates;
import org.mekong.registry.matching.compare.Comparer;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.rule.RuleSets;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.statement.Statements;

/**
 * Finds the one who is meant, by the normaliser of names and the comparison that finds duplicates.
 * Whoever is protected is nobody here.
 */
@ApplicationScoped
class Matcher {

  private final Lineup lineup;
  private final Candidates candidates;
  private final RuleSets rules;
  private final MatchConfig config;
  private final People people;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final Statements statements;
  private final NationProfile profile;

  Matcher(
      Lineup lineup,
      Candidates candidates,
      RuleSets rules,
      MatchConfig config,
      People people,
      DisclosureDesk desk,
      Permissions permissions,
      Statements statements,
      NationProfile profile) {
    this.lineup = lineup;
    this.candidates = candidates;
    this.rules = rules;
    this.config = config;
    this.people = people;
    this.desk = desk;
    this.permissions = permissions;
    this.statements = statements;
    this.profile = profile;
  }

  /** A question that may be asked. */
  record Question(Enquiry enquiry, Known known, Set<PersonField> fields) {}

  /**
   * What came of it.
   *
   * @param person of the matched one, the fields asked for
   */
  record Found(Judgement judgement, Map<String, Object> person) {}

  /** The fields to give out: those named, or what the caller's token grants without a name. */
  Set<PersonField> fields(@Nullable List<@Nullable String> named, @Nullable String purpose) {
    if (named != null) {
      return named.isEmpty() ? EnumSet.noneOf(PersonField.class) : PersonReader.fields(named);
    }
    return purpose == null
        ? EnumSet.noneOf(PersonField.class)
        : permissions.granted(Kind.MATCH, purpose).stream()
            .flatMap(name -> PersonField.ofCode(name).stream())
            .filter(field -> !field.isSensitive())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
  }

  /**
   * Admits a question. What one may not read one may not ask by: residence and place of birth
   * registration need their field granted.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when a field may not be asked for
   */
  Question admit(
      @Nullable String purpose,
      Known known,
      Set<PersonField> fields,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    Set<PersonField> touched = EnumSet.noneOf(PersonField.class);
    touched.addAll(fields);
    if (known.province() != null) {
      touched.add(PersonField.PERMANENT_RESIDENCE);
    }
    if (known.birthRegistration() != null) {
      touched.add(PersonField.PLACE_OF_BIRTH_REGISTRATION);
    }
    Enquiry enquiry =
        permissions.admit(
            Kind.MATCH,
            purpose,
            touched.stream().map(PersonField::code).toList(),
            legalBasis,
            requester);
    return new Question(enquiry, known, fields);
  }

  /** Answers questions, at least one, of one requester. */
  List<MatchView> match(List<Question> questions) {
    Statements.Signer signer = statements.signer();
    List<Disclosed<Found>> disclosed =
        desk.giveEach(
            questions.stream().map(Question::enquiry).toList(),
            transaction -> {
              List<Finding<Found>> findings = new ArrayList<>();
              for (Question question : questions) {
                findings.add(look(transaction, question));
              }
              return findings;
            });
    List<MatchView> views = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      views.add(MatchView.of(questions.get(i), disclosed.get(i), signer));
    }
    return views;
  }

  private Finding<Found> look(Connection transaction, Question question) throws SQLException {
    Judgement judgement = judge(transaction, question.known());
    if (judgement instanceof Judgement.Matched(UUID id)) {
      Person person = people.find(transaction, List.of(id)).get(id);
      if (person != null && !person.particulars().withheld()) {
        Map<String, Object> members =
            PersonView.of(person, profile.familyNameFirst(), question.fields(), PersonField::code);
        return new Finding<>(new Found(judgement, members), true, List.of(id));
      }
      judgement = new Judgement.NoMatch();
    }
    return new Finding<>(new Found(judgement, Map.of()), false, List.of(UUID.randomUUID()));
  }

  private Judgement judge(Connection transaction, Known known) throws SQLException {
    Lineup.Of of = lineup.of(transaction, known);
    Map<UUID, Traits> traits = candidates.traits(transaction, of.persons());
    Comparer comparer = new Comparer(known.applied(rules.inForce(transaction).rules()));
    Traits asked = known.traits(profile.nation().name());
    List<Judgement.Compared> compared =
        traits.values().stream()
            .map(each -> new Judgement.Compared(each.id(), comparer.compare(asked, each)))
            .toList();
    return Judgement.of(compared, config.gap(), known.missing(), of.complete());
  }
}
