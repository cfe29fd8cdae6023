package org.mekong.registry.caller;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.singleuse.FreshProof;

/** The proof of this request, as long as it was found good and is not spent. */
@RequestScoped
public class OwedProof {

  private @Nullable FreshProof owed;

  /** Leaves a proof to whoever answers. */
  public void owe(FreshProof proof) {
    owed = proof;
  }

  /** Hands the proof over once, to be spent. */
  public Optional<FreshProof> take() {
    Optional<FreshProof> taken = Optional.ofNullable(owed);
    owed = null;
    return taken;
  }
}
