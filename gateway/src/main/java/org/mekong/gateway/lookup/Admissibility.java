package org.mekong.gateway.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.access.Coverage;
import org.mekong.gateway.access.officer.OfficerRule;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.agreement.Question;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;

/**
 * Whether a question may be sent: by who asks, by the token, then by the agreement. A question to
 * our own register is decided like one to a peer, by this nation's agreement with itself.
 */
@ApplicationScoped
class Admissibility {

  private static final int MAX_BASIS = 500;

  private final Peers peers;
  private final AgreementBook agreements;
  private final Clock clock;
  private final LookupConfig config;
  private final String self;

  @Inject
  Admissibility(
      Peers peers,
      AgreementBook agreements,
      Clock clock,
      LookupConfig config,
      @ConfigProperty(name = "mekong.nation") String self) {
    this.peers = peers;
    this.agreements = agreements;
    this.clock = clock;
    this.config = config;
    this.self = self;
  }

  /** What was decided. */
  sealed interface Ruling {
    /**
     * It may be sent.
     *
     * @param peer to whom; null for our own register
     * @param legalBasis of ours
     */
    record Permitted(@Nullable Peer peer, String legalBasis, Decision.Allowed terms)
        implements Ruling {}

    /** It may not. */
    record Forbidden(Refusal refusal) implements Ruling {}
  }

  /** The question as the agreement sees it. */
  Question question(Agency agency, LookupRequest request) {
    return new Question(
        self,
        request.country(),
        agency.id(),
        agency.agencyClass(),
        request.purpose(),
        request.kind(),
        request.asked());
  }

  /** Decides. */
  Ruling rule(Agency agency, LookupRequest request) {
    return rule(agency, request, agreements::decide);
  }

  /** The same, dry, with what a version in shadow would decide. */
  Explanation explain(Agency agency, LookupRequest request) {
    Explanation explanation =
        switch (rule(agency, request, (asked, day) -> agreements.consider(asked, day).decision())) {
          case Ruling.Forbidden(Refusal refusal) -> Explanation.of(refusal);
          case Ruling.Permitted permitted -> Explanation.of(permitted.terms());
        };
    return explanation.beside(agreements.consider(question(agency, request), today()).shadow());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private Ruling rule(
      Agency agency, LookupRequest request, BiFunction<Question, LocalDate, Decision> decisions) {
    if (peers.suspended(request.country())) {
      return new Ruling.Forbidden(suspended(request.country()));
    }
    Peer peer = peers.find(request.country()).orElse(null);
    if (peer == null && !request.country().equals(self)) {
      return new Ruling.Forbidden(unknownCountry());
    }
    Optional<Refusal> officer =
        OfficerRule.refusal(
            agency, request.officer(), request.purpose(), config.officerByToken().orElse(Set.of()));
    if (officer.isPresent()) {
      return new Ruling.Forbidden(officer.get());
    }
    return switch (Coverage.of(agency.grants(), question(agency, request))) {
      case Coverage.Result.NotGranted(Refusal refusal) -> new Ruling.Forbidden(refusal);
      case Coverage.Result.Granted(var grant) -> {
        yield switch (decisions.apply(question(agency, request), today())) {
          case Decision.Refused refused ->
              new Ruling.Forbidden(
                  new Refusal(refused.rule(), 403, refused.detail(), refused.action()));
          case Decision.Allowed terms ->
              new Ruling.Permitted(
                  peer, basis(grant.legalBasis(), terms.legalBasis().get(self)), terms);
        };
      }
    };
  }

  private static String basis(@Nullable String own, String agreed) {
    return own == null || own.isBlank() || own.length() > MAX_BASIS ? agreed : own;
  }

  private static Refusal suspended(String country) {
    return new Refusal(
        "peer/suspended",
        403,
        "The exchange with " + country + " is suspended.",
        "Ask the operator of this gateway when it will be resumed.");
  }

  private Refusal unknownCountry() {
    String known = peers.all().stream().map(Peer::nation).collect(Collectors.joining(", "));
    return new Refusal(
        "no-peer",
        400,
        "This gateway does not exchange with the country; it does with: " + known + ".",
        "Ask one of these, or the operator of this gateway for the country.");
  }
}
