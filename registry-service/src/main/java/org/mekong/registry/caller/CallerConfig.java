package org.mekong.registry.caller;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "registry")
public interface CallerConfig {

  /** The URL that callers see, without a path: audience of tokens, and what proofs name. */
  URI baseUrl();

  /** The nation's issuer of tokens; its keys are found by its metadata (RFC 8414). */
  URI issuer();

  /** This nation's gateway. */
  Gateway gateway();

  /** How the gateway is known. */
  interface Gateway {

    /** Subject of its client certificate, as in {@code CN=gateway.la.mekong.example}. */
    Optional<String> subject();
  }
}
