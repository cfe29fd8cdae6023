package org.mekong.gateway.access;

import jakarta.enterprise.context.RequestScoped;

/** The operator's system of the request at hand, set by the filter. */
@RequestScoped
public class CallingAdministrator {

  private String clientId = "";

  void set(String newClientId) {
    clientId = newClientId;
  }

  /**
   * Client id of the system.
   *
   * @throws IllegalStateException where the filter does not stand
   */
  public String clientId() {
    if (clientId.isEmpty()) {
      throw new IllegalStateException("a resource without the filter does not know its caller");
    }
    return clientId;
  }
}
