package org.mekong.registry.disclosure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The register's transparency log. */
@ConfigMapping(prefix = "registry.log")
public interface LogConfig {

  /** The file of the log's private key, in the note signer's text form. */
  Path keyFile();

  /** Whether a missing key is made at first start; for trying out alone. */
  @WithDefault("false")
  boolean generateKey();
}
