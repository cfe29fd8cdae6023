package org.mekong.gateway.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.PredicateAnswer;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PeerDouble.Lie;

/** What the peer double answers: the truth, or another than it. */
final class PeerAnswers {

  /** The answer to a request as far as it is signed. */
  ExchangeAnswer to(
      SignedMessage<ExchangeRequest> request, Lie lie, @Nullable Refusal refusal, boolean nobody) {
    return altered(request, truth(request, lie, refusal, nobody), lie);
  }

  private static ExchangeAnswer truth(
      SignedMessage<ExchangeRequest> request, Lie lie, @Nullable Refusal refusal, boolean nobody) {
    ExchangeRequest asked = request.payload();
    boolean verify = asked.kind() == LookupKind.VERIFY;
    boolean read = asked.kind() == LookupKind.READ;
    boolean refused = refusal != null || lie == Lie.REFUSAL_AS_ANSWER;
    Refusal because =
        refusal == null ? new Refusal("some/rule", 403, "Refused.", "Ask otherwise.") : refusal;
    return new ExchangeAnswer(
        asked.requestId(),
        request.digest(),
        Instant.now().getEpochSecond(),
        SignedMessage.nonce(),
        "LA",
        "VN",
        refused ? Outcome.REFUSED : nobody && read ? Outcome.NOT_AVAILABLE : Outcome.ANSWERED,
        refused || !verify
            ? null
            : asked.names().stream()
                .map(name -> new PredicateAnswer(name, nobody ? "unknown" : "yes"))
                .toList(),
        refused || !read || nobody ? null : person(asked.names()),
        refused || verify || read ? null : finding(asked, lie, nobody),
        refused ? null : new EntryReference(PeerLogs.REGISTER, 7),
        new EntryReference(PeerLogs.ORIGIN, 3),
        refused ? because : null);
  }

  private static Finding finding(ExchangeRequest asked, Lie lie, boolean nobody) {
    boolean match = asked.kind() == LookupKind.MATCH;
    if (nobody) {
      Finding.Result none = match ? Finding.Result.NO_MATCH : Finding.Result.NONE;
      return new Finding(none, null, null, null);
    }
    List<String> fields = lie == Lie.MORE_THAN_ASKED ? List.of("names", "religion") : asked.names();
    var first = new Finding.Person(person(fields), new EntryReference(PeerLogs.REGISTER, 7));
    var second = new Finding.Person(person(fields), new EntryReference(PeerLogs.REGISTER, 8));
    boolean one = match && lie != Lie.OTHER_THAN_ASKED;
    return new Finding(
        one ? Finding.Result.MATCHED : Finding.Result.FOUND,
        one ? List.of(first) : List.of(first, second),
        one ? null : Boolean.TRUE,
        null);
  }

  private static Map<String, Object> person(List<String> fields) {
    var person = new java.util.TreeMap<String, Object>();
    fields.forEach(field -> person.put(field, Map.of("value", "of " + field)));
    return person;
  }

  private static ExchangeAnswer altered(
      SignedMessage<ExchangeRequest> request, ExchangeAnswer truth, Lie lie) {
    UnaryOperator<String> same = UnaryOperator.identity();
    return switch (lie) {
      case WRONG_DIGEST -> with(truth, "A".repeat(43), truth.iat(), truth.from(), truth.answers());
      case OTHER_PARTIES -> with(truth, truth.requestDigest(), truth.iat(), "TH", truth.answers());
      case FROM_THE_FUTURE ->
          with(
              truth,
              truth.requestDigest(),
              truth.iat() + 3_600,
              same.apply(truth.from()),
              truth.answers());
      case MORE_THAN_ASKED ->
          with(
              truth,
              request.digest(),
              truth.iat(),
              truth.from(),
              truth.answers() == null
                  ? null
                  : java.util.stream.Stream.concat(
                          truth.answers().stream(),
                          java.util.stream.Stream.of(new PredicateAnswer("number_valid", "yes")))
                      .toList());
      case OTHER_THAN_ASKED ->
          with(
              truth,
              request.digest(),
              truth.iat(),
              truth.from(),
              truth.answers() == null ? null : List.of(new PredicateAnswer("number_valid", "yes")));
      default -> truth;
    };
  }

  private static ExchangeAnswer with(
      ExchangeAnswer truth,
      String digest,
      long iat,
      String from,
      @Nullable List<PredicateAnswer> answers) {
    return new ExchangeAnswer(
        truth.requestId(),
        digest,
        iat,
        truth.nonce(),
        from,
        truth.to(),
        truth.outcome(),
        answers,
        truth.person(),
        truth.finding(),
        truth.disclosure(),
        truth.requestEntry(),
        truth.refusal());
  }
}
