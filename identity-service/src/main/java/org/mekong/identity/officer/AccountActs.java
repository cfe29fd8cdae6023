package org.mekong.identity.officer;

import jakarta.inject.Singleton;
import java.util.List;
import org.mekong.identity.approval.FeatureActs;
import org.mekong.identity.approval.JointAct;
import org.mekong.identity.officer.activation.Activations;

/** What two administrators do together with people. */
@Singleton
class AccountActs implements FeatureActs {
  static final String REGISTER = "account-registration";
  static final String CHANGE = "account-change";
  static final String TURN = "account-status-change";
  static final String ACTIVATE = "account-activation";

  private static final String[] PERSONAL = {"userName", "name", "office", "personalNumber"};

  private final AccountRegistrar registrar;
  private final Activations activations;

  AccountActs(AccountRegistrar registrar, Activations activations) {
    this.registrar = registrar;
    this.activations = activations;
  }

  @Override
  public List<JointAct> acts() {
    return List.of(
        JointAct.of(REGISTER, RegisterAccount.class, registrar::register).erasing(PERSONAL),
        JointAct.of(CHANGE, ChangeAccount.Seen.class, registrar::change).erasing(PERSONAL),
        JointAct.of(TURN, ChangeAccountStatus.class, registrar::turn),
        JointAct.of(ACTIVATE, Activations.FirstHalf.class, activations::open).erasing("digest"));
  }
}
