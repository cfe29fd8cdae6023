package org.mekong.identity.client.administration;

import jakarta.inject.Singleton;
import java.util.List;
import org.mekong.identity.approval.FeatureActs;
import org.mekong.identity.approval.JointAct;
import org.mekong.identity.client.RegisterClient;

/** What two administrators do together with clients. */
@Singleton
class ClientActs implements FeatureActs {
  static final String REGISTER = "client-registration";
  static final String CHANGE = "client-change";
  static final String CHANGE_KEYS = "client-key-change";
  static final String TURN = "client-status-change";

  private final ClientRegistrar registrar;

  ClientActs(ClientRegistrar registrar) {
    this.registrar = registrar;
  }

  @Override
  public List<JointAct> acts() {
    return List.of(
        JointAct.of(REGISTER, RegisterClient.class, registrar::register),
        JointAct.of(CHANGE, ChangeClient.class, registrar::change),
        JointAct.of(CHANGE_KEYS, NewKeys.class, registrar::changeKeys),
        JointAct.of(TURN, ChangeStatus.class, registrar::turn));
  }
}
