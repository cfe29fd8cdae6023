package org.mekong.identity.startup;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.mekong.resourceserver.key.NativeCryptography;

/** Makes signatures fast where the machine can. */
@Singleton
class NativeCryptographyStart {
  private static final Logger LOG = Logger.getLogger(NativeCryptographyStart.class);

  void install(@Observes @Priority(1) StartupEvent start) {
    LOG.infof("native cryptography: %s", NativeCryptography.install() ? "in use" : "not available");
  }
}
