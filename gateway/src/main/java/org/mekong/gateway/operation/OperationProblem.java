package org.mekong.gateway.operation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.mekong.gateway.http.Problem;

/** What a client is told that cannot have what it wants of an operation. */
final class OperationProblem {

  private OperationProblem() {}

  static HttpProblem absent() {
    return Problem.of(
            "not-found",
            404,
            "Nothing here",
            "This client has no such operation, or no longer.",
            "Use the Location that queueing the lookup gave, with the client that queued it.")
        .build();
  }

  static HttpProblem sent() {
    return Problem.of(
            "operation-sent",
            409,
            "Too late to withdraw",
            "The lookup is being sent, or was sent.",
            "Leave its outcome alone: it is erased by itself.")
        .build();
  }

  static HttpProblem over() {
    return Problem.of(
            "operation-final",
            409,
            "Too late to withdraw",
            "The operation is final.",
            "Fetch its outcome, or leave it alone.")
        .build();
  }

  static HttpProblem keyReused() {
    return Problem.of(
            "idempotency-key-reused",
            422,
            "Idempotency-Key reused",
            "This key was used for another question.",
            "Use a new key for a new question.")
        .build();
  }

  static HttpProblem tooMany(int most) {
    return Problem.of(
            "too-many-operations",
            429,
            "Too many operations wait",
            "As many as " + most + " operations of this client wait already.",
            "Queue more when some of them are final.")
        .with("rule", "operation/most")
        .withHeader("Retry-After", 60)
        .build();
  }
}
