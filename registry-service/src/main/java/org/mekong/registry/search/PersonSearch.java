package org.mekong.registry.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.reading.PersonReader;

/** Searches for whoever may, and gives out what was granted of those who were found. */
@ApplicationScoped
class PersonSearch {

  private final Candidates candidates;
  private final People people;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final NationProfile profile;

  PersonSearch(
      Candidates candidates,
      People people,
      DisclosureDesk desk,
      Permissions permissions,
      NationProfile profile) {
    this.candidates = candidates;
    this.people = people;
    this.desk = desk;
    this.permissions = permissions;
    this.profile = profile;
  }

  /** A page of a ranked list. */
  record Page(CursorSeal.@Nullable Place after, int limit) {}

  /** What a search came to. */
  sealed interface Result {

    /** The persons of a page; none at all when nobody fits. */
    record Found(List<SearchView.Match> matches, CursorSeal.@Nullable Place next)
        implements Result {}

    /** Too many might fit. */
    record NeedsMore(List<String> narrowBy) implements Result {}
  }

  /** The fields to give out: those named, or what the caller's token grants without a name. */
  Set<PersonField> fields(SearchPersons request, @Nullable String purpose) {
    boolean named = request.fields() != null || request.requester() != null || purpose == null;
    return named
        ? PersonReader.fields(request.fields())
        : permissions.granted(Kind.SEARCH, purpose).stream()
            .flatMap(name -> PersonField.ofCode(name).stream())
            .filter(field -> !field.isSensitive())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
  }

  /**
   * Admits a search.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when a field may not be asked for, or
   *     searched by
   */
  Enquiry admit(SearchPersons request, Criteria criteria, Set<PersonField> fields) {
    Set<PersonField> touched = EnumSet.noneOf(PersonField.class);
    touched.addAll(fields);
    touched.addAll(criteria.fields());
    return permissions.admit(
        Kind.SEARCH,
        request.purpose(),
        touched.stream().map(PersonField::code).toList(),
        request.legalBasis(),
        request.requester());
  }

  /** Searches. Each person of the page is a disclosure, and a search that shows nobody is one. */
  Disclosed<Result> search(Enquiry enquiry, Criteria criteria, Set<PersonField> fields, Page page) {
    return desk.give(enquiry, transaction -> look(transaction, criteria, fields, page));
  }

  private Finding<Result> look(
      Connection transaction, Criteria criteria, Set<PersonField> fields, Page page)
      throws SQLException {
    Optional<List<Candidates.Candidate>> found = candidates.find(transaction, criteria);
    if (found.isEmpty()) {
      return nobody(new Result.NeedsMore(narrowBy(criteria)));
    }
    List<Candidates.Candidate> rest =
        found.get().stream()
            .filter(candidate -> page.after == null || candidate.isAfter(page.after))
            .limit(page.limit + 1L)
            .toList();
    List<Candidates.Candidate> shown = rest.subList(0, Math.min(rest.size(), page.limit));
    Map<UUID, Person> persons =
        people.find(transaction, shown.stream().map(Candidates.Candidate::personId).toList());
    List<SearchView.Match> matches = new ArrayList<>();
    for (Candidates.Candidate candidate : shown) {
      Person person = persons.get(candidate.personId());
      if (person != null && !person.particulars().withheld()) {
        matches.add(
            SearchView.Match.of(
                candidate,
                PersonView.of(person, profile.familyNameFirst(), fields, PersonField::code)));
      }
    }
    CursorSeal.Place next =
        rest.size() > page.limit
            ? new CursorSeal.Place(shown.getLast().score().value(), shown.getLast().personId())
            : null;
    Result result = new Result.Found(matches, next);
    return matches.isEmpty()
        ? nobody(result)
        : new Finding<>(result, true, matches.stream().map(SearchView.Match::id).toList());
  }

  private static Finding<Result> nobody(Result result) {
    return new Finding<>(result, false, List.of(UUID.randomUUID()));
  }

  /** What was not told, or not in full, and would make the search narrower. */
  private static List<String> narrowBy(Criteria criteria) {
    List<String> members = new ArrayList<>();
    NameQuery name = criteria.name();
    if (name == null || name.size() < 3 || name.isPartial()) {
      members.add("name");
    }
    BirthQuery birth = criteria.birth();
    if (birth == null || birth.tolerance() > 0 || birth.date().day() == null) {
      members.add("dateOfBirth");
    }
    if (criteria.sex() == null) {
      members.add("sex");
    }
    if (criteria.residence() == null) {
      members.add("residence");
    }
    members.add("personalNumber");
    return members;
  }
}
