package org.mekong.registry.population.book;

/** The generator made something that the rules of the register refuse: a fault of the generator. */
public final class BrokenRuleException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  BrokenRuleException(String message) {
    super(message);
  }

  BrokenRuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
