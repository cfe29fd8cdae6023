package org.mekong.identity.officer;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mekong.identity.approval.JointAct;

/** What two administrators do together with people. */
final class AccountActs {
  static final String REGISTER = "account-registration";
  static final String CHANGE = "account-change";
  static final String TURN = "account-status-change";
  static final String ACTIVATE = "account-activation";

  private AccountActs() {}

  @Produces
  @Singleton
  static JointAct registerAccount(AccountRegistrar registrar) {
    return JointAct.of(REGISTER, RegisterAccount.class, registrar::register);
  }

  @Produces
  @Singleton
  static JointAct changeAccount(AccountRegistrar registrar) {
    return JointAct.of(CHANGE, ChangeAccount.Seen.class, registrar::change);
  }

  @Produces
  @Singleton
  static JointAct turnAccount(AccountRegistrar registrar) {
    return JointAct.of(TURN, ChangeAccountStatus.class, registrar::turn);
  }

  @Produces
  @Singleton
  static JointAct activateAccount(Activations activations) {
    return JointAct.of(ACTIVATE, Activations.FirstHalf.class, activations::open);
  }
}
