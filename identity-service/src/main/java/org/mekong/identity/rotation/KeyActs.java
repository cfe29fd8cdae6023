package org.mekong.identity.rotation;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mekong.identity.approval.JointAct;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.key.KeyRotation;

/** What two administrators do together with signing keys. */
final class KeyActs {
  static final String ROTATE = "signing-key-rotation";

  private KeyActs() {}

  @Produces
  @Singleton
  static JointAct rotate(KeyRotation rotation) {
    return JointAct.of(
        ROTATE,
        RotateKeys.class,
        (transaction, mandate, target, request) ->
            new Outcome(
                201,
                rotation.rotate(
                    transaction, request.checked(), request.withdraws(), mandate::signed)));
  }
}
