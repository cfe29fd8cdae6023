package org.mekong.identity.startup;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service. The server would answer an address that cannot be decoded with an empty 400,
 * before anything of ours sees it; the gate refuses the same addresses, and says why.
 */
@QuarkusMain
public final class Main {
  private static final String LEFT_TO_THE_GATE = "vertx.disableURIValidation";

  private Main() {}

  /** Runs it until it is told to stop. */
  public static void main(String... arguments) {
    System.setProperty(LEFT_TO_THE_GATE, "true");
    Quarkus.run(arguments);
  }
}
