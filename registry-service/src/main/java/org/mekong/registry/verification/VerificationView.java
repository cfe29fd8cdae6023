package org.mekong.registry.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.statement.Salt;
import org.mekong.registry.statement.Statement;
import org.mekong.registry.statement.Statements;

/**
 * The answers to {@code POST /v1/verifications}, in the order asked.
 *
 * @param receipt proof that the disclosure stands in the log, as c2sp.org/tlog-proof
 * @param statement the answers as a compact JWS, to be kept or handed on in place of data
 * @param statementSalt what opens the commitments in the statement, base64url
 */
public record VerificationView(
    List<Item> answers,
    Disclosed.Trace disclosure,
    String receipt,
    String statement,
    String statementSalt) {

  public VerificationView {
    answers = List.copyOf(answers);
  }

  /** One statement's answer. */
  public record Item(String name, Answer answer) {}

  static VerificationView of(
      Question question, Disclosed<List<Item>> disclosed, Statements.Signer signer) {
    Salt salt = Salt.generate();
    List<Map<String, Object>> predicates = new ArrayList<>();
    for (int i = 0; i < question.predicates().size(); i++) {
      predicates.add(claim(question.predicates().get(i), disclosed.answer().get(i).answer(), salt));
    }
    Statement statement =
        new Statement(
            question.enquiry(),
            question.subject(salt),
            Statement.predicates(predicates),
            disclosed.trace());
    return new VerificationView(
        disclosed.answer(),
        disclosed.trace(),
        disclosed.receipt(),
        signer.sign(statement),
        salt.text());
  }

  /** A predicate in a statement: a parameter that is personal data stands as a commitment. */
  private static Map<String, Object> claim(Predicate predicate, Answer answer, Salt salt) {
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("name", predicate.name());
    switch (predicate) {
      case Predicate.AgeOver(int years) -> claim.put("years", years);
      case Predicate.ResidentOf(String province) -> claim.put("province", province);
      case Predicate.ParentOf(String number) ->
          claim.put("of", salt.commitment(predicate.name(), number));
      case Predicate.NameMatches(String names) ->
          claim.put("of", salt.commitment(predicate.name(), names));
      case Predicate.Alive alive -> {}
      case Predicate.Married married -> {}
      case Predicate.Single single -> {}
      case Predicate.NumberValid valid -> {}
    }
    claim.put("answer", answer.code());
    return claim;
  }
}
