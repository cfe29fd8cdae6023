package org.mekong.gateway.register;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.message.Known;
import org.mekong.gateway.message.Predicate;
import org.mekong.gateway.message.Subject;

/** A question in the words of the register: the body of each of its operations that are asked. */
@JsonInclude(Include.NON_NULL)
record AskedQuestion(
    String purpose,
    String legalBasis,
    @Nullable Subject subject,
    @Nullable List<Predicate> predicates,
    @Nullable Somebody person,
    @Nullable Criteria criteria,
    @Nullable List<String> fields,
    @Nullable Integer limit,
    Requester requester) {

  /** Who asks, for the register's log and for the person. */
  @JsonInclude(Include.NON_NULL)
  record Requester(
      String requestId,
      String country,
      String agency,
      String agencyClass,
      String officer,
      String legalBasis,
      @Nullable Instant visibleAfter) {}

  /** Who is meant, for a match. */
  @JsonInclude(Include.NON_NULL)
  record Somebody(
      @Nullable Name name,
      @Nullable String dateOfBirth,
      @Nullable Integer sex,
      @Nullable String placeOfBirthRegistration,
      @Nullable String province) {

    private static Somebody of(Known known) {
      Known.Names names = known.names();
      return new Somebody(
          names == null ? null : new Name(names.family(), names.middle(), names.given()),
          known.dateOfBirth(),
          known.sex(),
          known.placeOfBirthRegistration(),
          known.permanentResidence());
    }
  }

  /** A name by its parts. */
  @JsonInclude(Include.NON_NULL)
  record Name(@Nullable String family, @Nullable String middle, @Nullable String given) {}

  /** What has to fit, for a search. */
  @JsonInclude(Include.NON_NULL)
  record Criteria(
      @Nullable String name,
      @Nullable String dateOfBirth,
      @Nullable Integer sex,
      @Nullable Dwelling residence,
      @Nullable String mother,
      @Nullable String father,
      Known.@Nullable Birthplace placeOfBirth) {

    private static Criteria of(Known known) {
      Known.Names names = known.names();
      Known.Parents parents = known.parents();
      String residence = known.permanentResidence();
      return new Criteria(
          names == null ? null : names.text(),
          known.dateOfBirth(),
          known.sex(),
          residence == null ? null : new Dwelling("permanent", residence),
          parents == null ? null : parents.mother(),
          parents == null ? null : parents.father(),
          known.placeOfBirth());
    }
  }

  /** Where somebody lives. */
  record Dwelling(String kind, String province) {}

  /** Where questions of a kind are asked. */
  static String path(LookupKind kind) {
    return switch (kind) {
      case VERIFY -> "/v1/verifications";
      case READ -> "/v1/readings";
      case MATCH -> "/v1/matches";
      case SEARCH -> "/v1/persons/search";
    };
  }

  /**
   * A request in the words of the register.
   *
   * @param legalBasis this nation's own
   * @param visibleAfter when the person may see the disclosure; null for at once
   */
  static AskedQuestion of(
      ExchangeRequest request, String legalBasis, @Nullable Instant visibleAfter) {
    Known known = request.known();
    boolean match = request.kind() == LookupKind.MATCH;
    boolean search = request.kind() == LookupKind.SEARCH;
    return new AskedQuestion(
        request.purpose(),
        legalBasis,
        request.subject(),
        request.predicates(),
        match && known != null ? Somebody.of(known) : null,
        search && known != null ? Criteria.of(known) : null,
        match ? request.names() : request.fields(),
        search ? Finding.MOST : null,
        new Requester(
            request.requestId().toString(),
            request.from(),
            request.agency(),
            request.agencyClass(),
            request.officer(),
            request.legalBasis(),
            visibleAfter));
  }

  /** Hides what is asked. */
  @Override
  public String toString() {
    return "AskedQuestion[" + requester.requestId() + "]";
  }
}
