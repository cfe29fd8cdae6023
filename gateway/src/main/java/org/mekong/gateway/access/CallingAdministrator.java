package org.mekong.gateway.access;

import jakarta.enterprise.context.RequestScoped;

/** The operator's system of the request at hand, set by the filter. */
@RequestScoped
public class CallingAdministrator {

  private String clientId = "";
  private String subject = "";

  void set(String newClientId, String newSubject) {
    clientId = newClientId;
    subject = newSubject;
  }

  /**
   * Who administers: the person for whom the system acts, by whichever system; the system itself
   * where it acts for nobody. What takes two administrators takes two of these.
   *
   * @throws IllegalStateException where the filter does not stand
   */
  public String who() {
    return subject.isEmpty() ? clientId() : subject;
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
