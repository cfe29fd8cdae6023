package org.mekong.gateway.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;

/** The agency of the request at hand, set by the filter. */
@RequestScoped
public class CallingAgency {

  private @Nullable Agency agency;

  void set(Agency newAgency) {
    agency = newAgency;
  }

  /** The agency. */
  public Agency get() {
    if (agency == null) {
      throw unknown();
    }
    return agency;
  }

  /** The agency; empty where none has shown a good token. */
  public Optional<Agency> find() {
    return Optional.ofNullable(agency);
  }

  private static HttpProblem unknown() {
    return Problem.of(
            "unauthenticated",
            401,
            "Not authenticated",
            "No agency is signed in.",
            "Send an access token with a proof.")
        .build();
  }
}
