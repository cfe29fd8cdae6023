package org.mekong.identity.rotation;

import jakarta.inject.Singleton;
import java.util.List;
import org.mekong.identity.approval.FeatureActs;
import org.mekong.identity.approval.JointAct;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.key.KeyRotation;

/** What two administrators do together with signing keys. */
@Singleton
class KeyActs implements FeatureActs {
  static final String ROTATE = "signing-key-rotation";

  private final KeyRotation rotation;

  KeyActs(KeyRotation rotation) {
    this.rotation = rotation;
  }

  @Override
  public List<JointAct> acts() {
    return List.of(
        JointAct.of(
            ROTATE,
            RotateKeys.class,
            (transaction, mandate, target, request) ->
                new Outcome(
                    201,
                    rotation.rotate(
                        transaction, request.checked(), request.withdraws(), mandate::signed))));
  }
}
