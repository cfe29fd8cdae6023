package org.mekong.registry.verification.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.registry.batch.ItemProblem;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.statement.Salt;
import org.mekong.registry.statement.Statement;
import org.mekong.registry.statement.Statements;

/**
 * The answer to {@code POST /v1/matches}.
 *
 * @param outcome {@code matched}, {@code no_match}, {@code ambiguous} when several fit about as
 *     well, or {@code needs_more} when too little is known to tell
 * @param match the one who is meant; of {@code matched} only
 * @param narrowBy what would help; of {@code ambiguous} and {@code needs_more} only
 * @param receipt proof that the disclosure stands in the log, as c2sp.org/tlog-proof
 * @param statement the outcome as a compact JWS
 * @param statementSalt what opens the commitments in the statement, base64url
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MatchView(
    @Schema(enumeration = {"matched", "no_match", "ambiguous", "needs_more"}) String outcome,
    @Nullable Match match,
    @Nullable List<String> narrowBy,
    Disclosed.Trace disclosure,
    String receipt,
    String statement,
    String statementSalt) {

  /**
   * The one who is meant.
   *
   * @param id key of the person
   * @param person the fields, by their names, as far as the register holds them
   */
  public record Match(UUID id, Map<String, Object> person) {}

  /** What came of each item of a batch, in the order sent. */
  public record Many(List<Outcome> items) {
    public Many {
      items = List.copyOf(items);
    }
  }

  /**
   * What came of an item: the answer that it would have got alone, or the problem.
   *
   * @param outcome {@code answered} or {@code refused}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      String id,
      @Schema(enumeration = {"answered", "refused"}) String outcome,
      @Nullable MatchView answer,
      @Nullable ItemProblem problem) {

    static Outcome answered(String id, MatchView answer) {
      return new Outcome(id, "answered", answer, null);
    }

    static Outcome refused(String id, ItemProblem problem) {
      return new Outcome(id, "refused", null, problem);
    }
  }

  static MatchView of(
      Matcher.Question question, Disclosed<Matcher.Found> disclosed, Statements.Signer signer) {
    return switch (disclosed.answer().judgement()) {
      case Judgement.Matched(UUID id) ->
          of(
              "matched",
              new Match(id, disclosed.answer().person()),
              null,
              question,
              disclosed,
              signer);
      case Judgement.NoMatch none -> of("no_match", null, null, question, disclosed, signer);
      case Judgement.Ambiguous(List<String> by) ->
          of("ambiguous", null, by, question, disclosed, signer);
      case Judgement.NeedsMore(List<String> by) ->
          of("needs_more", null, by, question, disclosed, signer);
    };
  }

  private static MatchView of(
      String outcome,
      @Nullable Match match,
      @Nullable List<String> narrowBy,
      Matcher.Question question,
      Disclosed<Matcher.Found> disclosed,
      Statements.Signer signer) {
    Salt salt = Salt.generate();
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("outcome", outcome);
    if (match != null) {
      findings.put("person", Statement.subject(salt, "person_id", match.id().toString()));
    }
    String asked = new String(CanonicalJson.write(question.known().members()), UTF_8);
    Statement statement =
        new Statement(
            question.enquiry(),
            Statement.subject(salt, "known", asked),
            findings,
            disclosed.trace());
    return new MatchView(
        outcome,
        match,
        narrowBy,
        disclosed.trace(),
        disclosed.receipt(),
        signer.sign(statement),
        salt.text());
  }
}
