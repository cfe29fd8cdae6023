package org.mekong.identity.startup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The first administrator, registered when no client exists; otherwise a token is printed. */
@ConfigMapping(prefix = "identity.administrator")
public interface AdministratorConfig {
  /** Client id of the administrator's system. */
  @WithDefault("mekong-administrator")
  String clientId();

  /** File with the public keys of that system, a JWK set. */
  Optional<Path> jwksFile();

  /** Whether this start prints a one-time token though there are administrators. */
  @WithDefault("false")
  boolean recovery();
}
