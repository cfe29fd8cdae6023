package org.mekong.registry.verification;

import java.util.List;
import org.mekong.registry.disclosure.Disclosed;

/**
 * The answers to {@code POST /v1/verifications}, in the order asked.
 *
 * @param receipt proof that the disclosure stands in the log, as c2sp.org/tlog-proof
 */
public record VerificationView(List<Item> answers, Disclosed.Trace disclosure, String receipt) {

  public VerificationView {
    answers = List.copyOf(answers);
  }

  /** One statement's answer. */
  public record Item(String name, Answer answer) {}

  static VerificationView of(Disclosed<List<Item>> disclosed) {
    return new VerificationView(disclosed.answer(), disclosed.trace(), disclosed.receipt());
  }
}
