package org.mekong.registry.permission;

import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Caller;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Grant;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.judgement.Judge;
import org.mekong.registry.permission.judgement.Judgement;
import org.mekong.registry.permission.judgement.Question;
import org.mekong.registry.permission.policy.Askable;
import org.mekong.registry.permission.policy.Asker;
import org.mekong.registry.permission.policy.Policies;
import org.mekong.registry.permission.policy.Terms;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.RequestId;

/**
 * What the caller of this request may ask. Forbidden by default: nothing but in an operation that
 * is marked {@link Disclosing}, and there what both the token, or for the gateway its agreement,
 * and a rule of the register allow. Nothing here looks at the person, so no refusal tells of them.
 */
@RequestScoped
public class Permissions {

  private final CurrentCaller caller;
  private final Policies policies;
  private final NationProfile profile;
  private final RequestId requestId;
  private final Clock clock;
  private final Set<String> named = new LinkedHashSet<>();
  private Set<Kind> opened = Set.of();
  private boolean dry;

  Permissions(
      CurrentCaller caller,
      Policies policies,
      NationProfile profile,
      RequestId requestId,
      Clock clock) {
    this.caller = caller;
    this.policies = policies;
    this.profile = profile;
    this.requestId = requestId;
    this.clock = clock;
  }

  /** Opens the request's permissions for the kinds of its operation. */
  void open(Set<Kind> kinds, boolean explain) {
    opened = kinds;
    dry = explain;
  }

  /** Refuses what may not be asked whatever the fields; a dry call goes on, to be explained. */
  void require(Kind kind, String purpose) {
    if (!dry && caller.get() instanceof Caller.Agency agency) {
      judge(ofAgency(agency, kind, purpose, List.of(), null)).refuse();
    }
  }

  /**
   * The fields of a person that the caller's token grants for a purpose and the register permits,
   * but for sensitive ones; nothing for the gateway, which has to name them.
   */
  public Set<String> granted(Kind kind, String purpose) {
    if (!(caller.get() instanceof Caller.Agency agency)) {
      return Set.of();
    }
    Set<String> ordinary = new TreeSet<>();
    for (Grant grant : agency.grants()) {
      if (grant.covers(purpose, kind, profile.nation().name())) {
        ordinary.addAll(grant.fields());
      }
    }
    ordinary.removeIf(
        field -> Askable.SENSITIVE.contains(field) || PersonField.ofCode(field).isEmpty());
    return granted(kind, purpose, ordinary);
  }

  /** Of fields that the caller names, those that token and register give, sensitive ones too. */
  public Set<String> granted(Kind kind, String purpose, Collection<String> fields) {
    named.addAll(fields);
    if (!(caller.get() instanceof Caller.Agency agency)) {
      return Set.of();
    }
    Terms terms = policies.inForce().terms(asker(agency), kind, purpose);
    Set<String> given = new HashSet<>();
    for (Grant grant : agency.grants()) {
      if (grant.covers(purpose, kind, profile.nation().name())) {
        fields.stream()
            .filter(field -> grant.fields().contains(field) && terms.gives(field))
            .forEach(given::add);
      }
    }
    return given;
  }

  /**
   * Admits a question. In a dry call this never returns: the call ends with its explanation.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when it may not be asked
   */
  public Enquiry admit(
      Kind kind,
      @Nullable String purpose,
      List<String> fields,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    if (!opened.contains(kind)) {
      throw Problem.FORBIDDEN.because(
          "The operation gives out no personal data of this kind.", "operation/not-disclosing");
    }
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    String basis = RequesterBody.basis(legalBasis);
    Question question;
    Requester asking;
    switch (caller.get()) {
      case Caller.Agency agency -> {
        if (requester != null) {
          throw Problem.invalid("requester", "gateway-only", "is for the gateway alone");
        }
        question = ofAgency(agency, kind, purpose, fields, basis);
        asking =
            new Requester(
                requestId.value(),
                profile.nation().name(),
                agency.agency(),
                agency.officer(),
                null,
                null);
      }
      case Caller.Gateway gateway -> {
        asking = RequesterBody.read(requester, basis);
        question = ofGateway(gateway, asking, requester, kind, purpose, fields, basis);
      }
    }
    if (dry) {
      Question whole = withNamed(question);
      throw new Explained(Explanation.of(whole, judge(whole)));
    }
    Judgement judgement = judge(question);
    judgement.refuse();
    return new Enquiry(kind, purpose, under(judgement, asking), fields);
  }

  /**
   * Admits whoever the token stands for to what is held about themself. That needs no rule of the
   * register: the token tells who it is.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem where there is nothing to explain
   */
  public Enquiry admitOwn(List<String> fields) {
    if (!opened.contains(Kind.OWN)) {
      throw Problem.FORBIDDEN.because(
          "The operation gives out no personal data of this kind.", "operation/not-disclosing");
    }
    if (dry) {
      throw Problem.invalid("explain", "known-member", "is for agencies");
    }
    String nation = profile.nation().name();
    return new Enquiry(
        Kind.OWN,
        Kind.OWN.code(),
        new Requester(requestId.value(), nation, caller.get().id(), null, null, null),
        fields);
  }

  private Requester under(Judgement judgement, Requester asking) {
    return new Requester(
        asking.requestId(),
        asking.country(),
        asking.agency(),
        asking.officer(),
        asking.legalBasis() == null ? judgement.legalBasis() : asking.legalBasis(),
        later(asking.visibleAfter(), judgement.delay()));
  }

  private @Nullable Instant later(@Nullable Instant agreed, Duration delay) {
    if (delay.isZero()) {
      return agreed;
    }
    Instant own = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(delay);
    return agreed == null || own.isAfter(agreed) ? own : agreed;
  }

  private Judgement judge(Question question) {
    return Judge.judge(policies.inForce(), question);
  }

  private Question ofAgency(
      Caller.Agency agency,
      Kind kind,
      String purpose,
      List<String> fields,
      @Nullable String legalBasis) {
    String nation = profile.nation().name();
    return new Question(
        kind,
        purpose,
        fields,
        asker(agency),
        agency.grants(),
        legalBasis,
        nation,
        nation,
        LocalDate.now(clock.withZone(profile.zone())));
  }

  private Question ofGateway(
      Caller.Gateway gateway,
      Requester asking,
      @Nullable RequesterBody body,
      Kind kind,
      String purpose,
      List<String> fields,
      @Nullable String legalBasis) {
    String agencyClass = body == null ? null : body.agencyClass();
    return new Question(
        kind,
        purpose,
        fields,
        new Asker(asking.agency(), agencyClass, gateway.roles()),
        null,
        legalBasis == null ? asking.legalBasis() : legalBasis,
        profile.nation().name(),
        asking.country(),
        LocalDate.now(clock.withZone(profile.zone())));
  }

  private static Asker asker(Caller.Agency agency) {
    return new Asker(agency.agency(), agency.agencyClass(), agency.roles());
  }

  /** The question for what was named and would be left out, too. */
  private Question withNamed(Question question) {
    Set<String> all = new LinkedHashSet<>(question.fields());
    all.addAll(named);
    return new Question(
        question.kind(),
        question.purpose(),
        new ArrayList<>(all),
        question.asker(),
        question.grants(),
        question.legalBasis(),
        question.nation(),
        question.country(),
        question.today());
  }
}
