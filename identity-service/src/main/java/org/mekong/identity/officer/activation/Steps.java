package org.mekong.identity.officer.activation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.identity.access.Members.Fault;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.officer.activation.Activations.Step;

/** The steps of an activation as a page takes them: what is wrong is an answer, not a problem. */
@Singleton
class Steps {
  private static final int NOT_FOUND = 404;
  private static final int INVALID = 422;

  private final Journal journal;
  private final Activations activations;

  Steps(Journal journal, Activations activations) {
    this.journal = journal;
    this.activations = activations;
  }

  /** Offers a new secret. */
  Step begin(String code) {
    return unlessUnknown(
        () ->
            new Step.Offered(
                journal.transact(transaction -> activations.offer(transaction, code)), Map.of()));
  }

  /** Shows the secret that was offered last once more. */
  Step offered(String code) {
    return offered(code, Map.of());
  }

  /** Sets password and one-time codes, or says what of it is not good. */
  Step complete(String code, String password, String oneTimeCode) {
    try {
      journal.transact(
          transaction -> {
            activations.complete(transaction, code, password, oneTimeCode);
            return code;
          });
      return new Step.Done();
    } catch (HttpProblem refused) {
      if (refused.getStatusCode() == INVALID) {
        return offered(code, faults(refused));
      }
      return unlessUnknown(
          () -> {
            throw refused;
          });
    }
  }

  private Step offered(String code, Map<String, String> faults) {
    return unlessUnknown(
        () ->
            new Step.Offered(
                journal.transact(transaction -> activations.offered(transaction, code)), faults));
  }

  private static Map<String, String> faults(HttpProblem refused) {
    Map<String, String> faults = new LinkedHashMap<>();
    if (refused.getParameters().get("faults") instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Fault fault) {
          faults.put(
              fault.member().equals("oneTimeCode") ? "otp" : fault.member(),
              fault.member().equals("oneTimeCode")
                  ? "activate.otp.wrong"
                  : "activate.password.wrong");
        }
      }
    }
    return faults;
  }

  private interface Taken {
    Step step();
  }

  private static Step unlessUnknown(Taken taken) {
    try {
      return taken.step();
    } catch (HttpProblem problem) {
      if (problem.getStatusCode() == NOT_FOUND) {
        return new Step.Unknown();
      }
      throw problem;
    }
  }
}
