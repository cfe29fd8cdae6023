package org.mekong.registry.disclosure;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.RequestScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.log.evidence.OpenedProof;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.permission.policy.Askable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;

/**
 * Tells who asked about a person: an agency that may know, or the person. Either look is itself a
 * disclosure, and told of from then on; the person's is marked as their own.
 */
@RequestScoped
class DisclosureReader {

  private static final String FIELD = Askable.DISCLOSURES;

  private final DisclosureDesk desk;
  private final Disclosures disclosures;
  private final People people;
  private final Permissions permissions;
  private final CurrentCaller caller;
  private final Clock clock;

  DisclosureReader(
      DisclosureDesk desk,
      Disclosures disclosures,
      People people,
      Permissions permissions,
      CurrentCaller caller,
      Clock clock) {
    this.desk = desk;
    this.disclosures = disclosures;
    this.people = people;
    this.permissions = permissions;
    this.caller = caller;
    this.clock = clock;
  }

  /** Somebody's look at the disclosures of a person. */
  private record Look(Enquiry enquiry, UUID person, boolean own) {}

  /** Lists what the person of the token may see about themself. */
  DisclosurePage listOwn(DisclosureQuery query) {
    DisclosureQuery.Part part = query.read();
    return list(own(ownPerson()), part).ofOneself();
  }

  /** The proof of one of them, with what opens the commitment in its entry. */
  OpenedProof proofOwn(String disclosure) {
    return disclosures
        .openedProof(find(own(ownPerson()), disclosure))
        .orElseThrow(DisclosureReader::noProof);
  }

  /**
   * Lists for whoever may: the person themself, or an agency.
   *
   * @param purpose an agency's
   */
  DisclosurePage list(String person, @Nullable String purpose, DisclosureQuery query) {
    DisclosureQuery.Part part = query.read();
    return list(look(person, purpose), part);
  }

  /** The proof of one of them. */
  String proof(String person, @Nullable String purpose, String disclosure) {
    return proof(look(person, purpose), disclosure);
  }

  private UUID ownPerson() {
    return caller.person().orElseThrow(DisclosureReader::absent);
  }

  private Look look(String id, @Nullable String purpose) {
    Optional<UUID> key = DisclosureQuery.uuid(id);
    Optional<UUID> self = caller.person();
    if (caller.isPersonAlone() || (self.isPresent() && self.equals(key))) {
      return own(self.filter(person -> key.equals(self)).orElseThrow(DisclosureReader::absent));
    }
    Enquiry enquiry = permissions.admit(Kind.READ, purpose, List.of(FIELD), null, null);
    return new Look(enquiry, key.orElseThrow(DisclosureReader::absent), false);
  }

  private Look own(UUID person) {
    return new Look(permissions.admitOwn(List.of(FIELD)), person, true);
  }

  private DisclosurePage list(Look look, DisclosureQuery.Part part) {
    Instant now = clock.instant();
    Disclosed<Optional<List<DisclosureView>>> page =
        desk.give(
            look.enquiry,
            transaction ->
                found(
                    look,
                    isThere(transaction, look)
                        ? Optional.of(disclosures.page(transaction, look.person, part, now))
                        : Optional.empty()));
    List<DisclosureView> found = page.answer().orElseThrow(DisclosureReader::absent);
    List<DisclosureView> shown = found.stream().limit(part.limit()).toList();
    String next = found.size() > part.limit() ? shown.getLast().id().toString() : null;
    return new DisclosurePage(shown, next, page.trace(), page.receipt());
  }

  private String proof(Look look, String disclosure) {
    return disclosures.proof(find(look, disclosure)).orElseThrow(DisclosureReader::noProof);
  }

  private DisclosureView find(Look look, String disclosure) {
    Instant now = clock.instant();
    UUID id = DisclosureQuery.uuid(disclosure).orElseThrow(DisclosureReader::noProof);
    Disclosed<Optional<DisclosureView>> found =
        desk.give(
            look.enquiry,
            transaction ->
                found(
                    look,
                    isThere(transaction, look)
                        ? disclosures.find(transaction, look.person, id, now)
                        : Optional.empty()));
    return found.answer().orElseThrow(DisclosureReader::noProof);
  }

  /** Nobody but themself hears of somebody who is protected. */
  private boolean isThere(Connection transaction, Look look) throws SQLException {
    Optional<Person> person = people.find(transaction, new People.Key.ById(look.person));
    return person.isPresent() && (look.own || !person.get().particulars().withheld());
  }

  private static <T> Finding<Optional<T>> found(Look look, Optional<T> what) {
    return new Finding<>(what, what.isPresent(), List.of(look.person));
  }

  private static HttpProblem absent() {
    return Problem.NO_SUCH_PERSON.because("The register has no such person for this caller.");
  }

  private static HttpProblem noProof() {
    return Problem.NOT_FOUND.because(
        "There is no such disclosure for this caller, or its entry was pruned.");
  }
}
