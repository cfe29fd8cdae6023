package org.mekong.gateway.agreement;

import java.io.Serial;
import java.util.List;

/**
 * An agreement document that cannot be used; the message lists everything that is wrong with it.
 */
public final class AgreementException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  AgreementException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each fault in one sentence, with the place in the document as a JSON pointer where known. */
  public List<String> faults() {
    return faults;
  }
}
