package org.mekong.identity.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Caller;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.journal.AdministrativeActs;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/** Has things done by two administrators, or by one where there is only one. */
@Singleton
public class JointActs {
  /** Header of an answer to what one did alone that takes two later. */
  public static final String MANDATE = "Mekong-Mandate";

  private static final int PROPOSED = 202;
  private final Map<String, JointAct> known = new TreeMap<>();
  private final Journal journal;
  private final AdministrativeActs acts;
  private final Caller caller;
  private final ObjectMapper json;
  private final Clock clock;
  private final ApprovalConfig config;
  private final List<NamedPeople> people;

  JointActs(
      @All List<FeatureActs> features,
      @All List<NamedPeople> people,
      Journal journal,
      AdministrativeActs acts,
      Caller caller,
      ObjectMapper json,
      Clock clock,
      ApprovalConfig config) {
    features.stream()
        .flatMap(feature -> feature.acts().stream())
        .forEach(act -> known.put(act.word(), act));
    this.people = people;
    this.journal = journal;
    this.acts = acts;
    this.caller = caller;
    this.json = json;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Proposes an act, or does it at once in the initial setup. A proposal that could not be done as
   * things stand is refused as the act itself would be.
   *
   * @param key Idempotency-Key, if sent
   * @param act word of the act
   * @return what the act answers, or 202 with the proposal
   */
  public Response ask(@Nullable String key, String act, String target, Object request) {
    JointAct joint = act(act);
    Response answer =
        acts.perform(
            owner(),
            key,
            List.of(act, target, request),
            transaction -> {
              Administration.lock(transaction.connection());
              String who = who(transaction);
              if (Administration.inInitialSetup(transaction.connection())) {
                return perform(transaction, joint, Mandate.initialSetup(who), target, request);
              }
              tryOut(joint, Mandate.alone(who), target, request);
              return propose(transaction, who, act, target, request);
            });
    return answer.getStatus() == PROPOSED ? answer : told(answer);
  }

  /** Where two are needed, the answer is a proposal: so this was done by one. */
  private static Response told(Response answer) {
    return Response.fromResponse(answer).header(MANDATE, "initial-setup").build();
  }

  /** Does what an administrator may do alone, with the mandate that its entry is signed by. */
  public Response alone(@Nullable String key, Object digested, Lone deed) {
    return acts.perform(
        owner(),
        key,
        digested,
        transaction -> deed.perform(transaction, Mandate.alone(who(transaction))));
  }

  /** What one may do alone. */
  @FunctionalInterface
  public interface Lone {
    Outcome perform(Transaction transaction, Mandate mandate) throws SQLException;
  }

  Response approve(UUID id) {
    return acts.perform(
        owner(),
        null,
        id,
        transaction -> {
          Administration.lock(transaction.connection());
          String who = who(transaction);
          Proposal proposal = pending(transaction, id);
          if (proposal.proposedBy().equals(who)) {
            throw Problem.FORBIDDEN
                .builder("Another administrator than the one who proposed it has to approve.")
                .with("rule", "approval/same-administrator")
                .build();
          }
          if (!Administration.administrators(transaction.connection(), clock.instant())
              .contains(proposal.proposedBy())) {
            throw Problem.CONFLICT
                .builder("Who proposed this administers no longer: reject it, and propose it anew.")
                .with("rule", "approval/proposer-gone")
                .build();
          }
          decide(transaction, proposal, "approved", who, clock.instant());
          return perform(
              transaction,
              act(proposal.act()),
              Mandate.approved(proposal, who),
              proposal.target(),
              read(proposal));
        });
  }

  Response reject(UUID id) {
    return acts.perform(
        owner(),
        null,
        id,
        transaction -> {
          String who = who(transaction);
          Proposal proposal = pending(transaction, id);
          Instant now = clock.instant();
          decide(transaction, proposal, "rejected", who, now);
          transaction.record(
              JournalEntry.ofAdministration(RequestId.current(), now, "proposal_rejected")
                  .with("administrator", who)
                  .with("proposal", id.toString())
                  .with("proposed_act", proposal.act()));
          return new Outcome(
              200,
              ProposalView.of(
                  Proposals.find(transaction.connection(), id).orElseThrow(), now, json));
        });
  }

  /** Nobody needs to know of whom it was once it is decided: the journal says what was done. */
  private void decide(
      Transaction transaction, Proposal proposal, String status, String who, Instant now)
      throws SQLException {
    Proposals.decide(
        transaction.connection(), proposal.id(), status, who, now, withoutPeople(proposal));
  }

  private String withoutPeople(Proposal proposal) {
    JointAct act = known.get(proposal.act());
    if (act == null) {
      return "{}";
    }
    try {
      JsonNode content = json.readTree(proposal.content());
      erase(content, act.personal());
      return json.writeValueAsString(content);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of our own", impossible);
    }
  }

  private static void erase(JsonNode content, Set<String> members) {
    if (content instanceof ObjectNode object) {
      object.remove(members);
    }
    content.forEach(member -> erase(member, members));
  }

  private Outcome perform(
      Transaction transaction, JointAct act, Mandate mandate, String target, Object request)
      throws SQLException {
    Outcome outcome = act.deed().perform(transaction, mandate, target, request);
    Instant now = clock.instant();
    Administration.endSetupWhenTwo(
        transaction,
        mandate.signed(
            JournalEntry.ofAdministration(RequestId.current(), now, "initial_setup_ended")),
        now);
    return outcome;
  }

  private Outcome propose(
      Transaction transaction, String who, String act, String target, Object request)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String content = write(request);
    Proposal proposal =
        new Proposal(
            UUID.fromString(RequestId.next(clock)),
            act,
            target,
            content,
            who,
            now,
            now.plus(config.expiry()),
            "pending",
            Optional.empty(),
            Optional.empty());
    Proposals.add(transaction.connection(), proposal);
    transaction.record(
        JournalEntry.ofAdministration(RequestId.current(), now, "proposal_made")
            .with("administrator", who)
            .with("proposal", proposal.id().toString())
            .with("proposed_act", act)
            .with("target", target));
    return new Outcome(PROPOSED, ProposalView.of(proposal, now, json));
  }

  /** Does the act in a transaction of its own, and undoes it: whatever refuses it is thrown. */
  private void tryOut(JointAct act, Mandate mandate, String target, Object request) {
    try {
      journal.transact(
          transaction -> {
            act.deed().perform(transaction, mandate, target, request);
            throw new Undone();
          });
    } catch (Undone asWanted) {
      return;
    }
  }

  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Proposal pending(Transaction transaction, UUID id) throws SQLException {
    Proposal proposal =
        Proposals.hold(transaction.connection(), id)
            .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such proposal."));
    String status = proposal.statusAt(clock.instant());
    if (!status.equals("pending")) {
      throw Problem.CONFLICT
          .builder("This proposal is " + status + ".")
          .withTitle("Not to be decided any more")
          .with("rule", "approval/" + status)
          .build();
    }
    return proposal;
  }

  /** As whom the caller acts; whoever administers no longer acts no more, whatever their token. */
  private String who(Transaction transaction) throws SQLException {
    String who = named(transaction.connection());
    if (!Administration.administrators(transaction.connection(), clock.instant()).contains(who)) {
      throw Problem.FORBIDDEN.because("Whoever this token is for administers no longer.");
    }
    return who;
  }

  /** Whose Idempotency-Keys they are: of people who share an application, each has their own. */
  private String owner() {
    return caller
        .person()
        .map(person -> caller.clientId() + ' ' + person)
        .orElse(caller.clientId());
  }

  private String named(Connection connection) throws SQLException {
    Optional<String> person = caller.person();
    if (person.isEmpty()) {
      return Administration.of(connection, caller.clientId());
    }
    for (NamedPeople known : people) {
      Optional<UUID> account = known.administrator(connection, caller.clientId(), person.get());
      if (account.isPresent()) {
        return Administration.ACCOUNT + account.get();
      }
    }
    throw Problem.FORBIDDEN.because("The token's person is no administrator.");
  }

  private JointAct act(String word) {
    return Optional.ofNullable(known.get(word))
        .orElseThrow(() -> new IllegalStateException("no act " + word));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of our own", impossible);
    }
  }

  private Object read(Proposal proposal) {
    try {
      return json.readValue(proposal.content(), act(proposal.act()).request());
    } catch (JsonProcessingException outdated) {
      throw Problem.CONFLICT.because(
          "This proposal was made for a former version of the service: reject it.");
    }
  }
}
