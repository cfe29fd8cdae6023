package org.mekong.gateway.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mekong.gateway.storage.SharedTransactions;
import org.mekong.gateway.storage.Transactions;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.FreshProof;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;
import org.mekong.resourceserver.singleuse.SingleUseStore;
import org.mekong.resourceserver.singleuse.StoreUnavailable;

/** Spends proofs that come at the same time by one statement. */
final class SharedProofs implements SingleUseStore {

  private final SharedTransactions<FreshProof, Boolean> spending;

  SharedProofs(Transactions transactions) {
    this.spending =
        new SharedTransactions<>(
            proofs -> transactions.atOnce(connection -> spend(connection, proofs)));
  }

  @Override
  public void spend(SingleUse use, Instant until) throws AlreadyUsed {
    try {
      if (!spending.in(new FreshProof(use, until))) {
        throw new AlreadyUsed(use);
      }
    } catch (SQLException unavailable) {
      throw new StoreUnavailable(unavailable);
    }
  }

  /** Whether each was unused before. */
  private static List<Boolean> spend(Connection connection, List<FreshProof> proofs)
      throws SQLException {
    Set<FreshProof> used = PostgresSingleUseStore.spendEach(connection, proofs);
    return proofs.stream().map(proof -> !used.contains(proof)).toList();
  }
}
