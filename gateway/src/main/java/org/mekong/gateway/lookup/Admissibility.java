package org.mekong.gateway.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.access.Coverage;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.agreement.Question;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;

/** Whether a question may be sent: first by the token, then by the agreement. */
@ApplicationScoped
class Admissibility {

  private static final int MAX_BASIS = 500;

  private final Peers peers;
  private final AgreementBook agreements;
  private final Clock clock;
  private final String self;

  @Inject
  Admissibility(
      Peers peers,
      AgreementBook agreements,
      Clock clock,
      @ConfigProperty(name = "mekong.nation") String self) {
    this.peers = peers;
    this.agreements = agreements;
    this.clock = clock;
    this.self = self;
  }

  /** What was decided. */
  sealed interface Ruling {
    /** It may be sent to this peer, on this legal basis of ours and these terms. */
    record Permitted(Peer peer, String legalBasis, Decision.Allowed terms) implements Ruling {}

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

  /** Decides; a country that is no peer is a problem, not a ruling. */
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
    Peer peer = peers.find(request.country()).orElseThrow(this::unknownCountry);
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

  private static String basis(@org.jspecify.annotations.Nullable String own, String agreed) {
    return own == null || own.isBlank() || own.length() > MAX_BASIS ? agreed : own;
  }

  private static Refusal suspended(String country) {
    return new Refusal(
        "peer/suspended",
        403,
        "The exchange with " + country + " is suspended.",
        "Ask the operator of this gateway when it will be resumed.");
  }

  private RuntimeException unknownCountry() {
    String known = peers.all().stream().map(Peer::nation).collect(Collectors.joining(", "));
    return Problem.of(
            "unknown-country",
            400,
            "Unknown country",
            "This gateway exchanges with: " + known + ".",
            "Ask one of these; ask your own nation's register directly.")
        .with("rule", "no-peer")
        .build();
  }
}
