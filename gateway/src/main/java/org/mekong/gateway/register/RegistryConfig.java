package org.mekong.gateway.register;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where this nation's register is. */
@ConfigMapping(prefix = "gateway.registry")
public interface RegistryConfig {

  /** Base URL of the registry-service, HTTPS. */
  URI url();

  /** Subject of its certificate; without it, any name that the trust store vouches for. */
  Optional<String> certificateSubject();

  /** Longest time for one question. */
  @WithDefault("PT5S")
  Duration timeout();
}
