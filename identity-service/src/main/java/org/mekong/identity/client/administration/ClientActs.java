package org.mekong.identity.client.administration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mekong.identity.approval.JointAct;
import org.mekong.identity.client.RegisterClient;

/** What two administrators do together with clients. */
final class ClientActs {
  static final String REGISTER = "client-registration";
  static final String CHANGE = "client-change";
  static final String CHANGE_KEYS = "client-key-change";
  static final String TURN = "client-status-change";

  private ClientActs() {}

  @Produces
  @Singleton
  static JointAct register(ClientRegistrar registrar) {
    return JointAct.of(REGISTER, RegisterClient.class, registrar::register);
  }

  @Produces
  @Singleton
  static JointAct change(ClientRegistrar registrar) {
    return JointAct.of(CHANGE, ChangeClient.class, registrar::change);
  }

  @Produces
  @Singleton
  static JointAct changeKeys(ClientRegistrar registrar) {
    return JointAct.of(CHANGE_KEYS, NewKeys.class, registrar::changeKeys);
  }

  @Produces
  @Singleton
  static JointAct turn(ClientRegistrar registrar) {
    return JointAct.of(TURN, ChangeStatus.class, registrar::turn);
  }
}
