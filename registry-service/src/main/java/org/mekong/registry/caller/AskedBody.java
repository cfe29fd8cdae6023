package org.mekong.registry.caller;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of this request as it came, where the gateway asks: what it asked for is compared when
 * it asks again under the same request id.
 */
@RequestScoped
public class AskedBody {

  private boolean wanted;
  private byte @Nullable [] bytes;

  /** Wants the body kept when it is read. */
  public void want() {
    wanted = true;
  }

  boolean isWanted() {
    return wanted;
  }

  void keep(byte[] body) {
    bytes = body;
  }

  /** The body; empty where nobody wanted it or there was none. */
  public Optional<byte[]> bytes() {
    return Optional.ofNullable(bytes);
  }
}
