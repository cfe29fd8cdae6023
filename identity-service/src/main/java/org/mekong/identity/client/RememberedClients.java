package org.mekong.identity.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mekong.identity.journal.Reliance;
import org.mekong.identity.journal.Transaction;

/**
 * Clients as they were read last, keys parsed, so that they need not be read again for each token.
 * Nothing is decided by memory alone: whoever takes a client from here relies on its rows being the
 * same when the deed is committed. The database's own mark of a row version tells that, which every
 * change of any kind renews.
 */
final class RememberedClients {
  private static final int MOST = 1_000;
  private static final String CONDITION =
      "EXISTS (SELECT 1 FROM client c LEFT JOIN agency a ON a.id = c.agency_id"
          + " WHERE c.id = ? AND c.xmin::text = ? AND coalesce(a.xmin::text, '') = ?)";

  private record Remembered(Client client, Reliance reliance) {}

  private final Map<String, Remembered> clients = new ConcurrentHashMap<>();

  void keep(Client client, String state, String agencyState) {
    if (clients.size() >= MOST) {
      clients.clear(); // whoever asks for tokens now is read once more
    }
    clients.put(
        client.id(),
        new Remembered(client, new Reliance(CONDITION, List.of(client.id(), state, agencyState))));
  }

  /**
   * The client, on which the transaction then relies; one that is not remembered is read instead.
   */
  Optional<Client> find(Transaction transaction, String id) {
    Remembered found = clients.get(id);
    if (found == null) {
      transaction.connection(); // has the deed done in the ordinary way
      return Optional.empty();
    }
    transaction.rely(found.reliance());
    return Optional.of(found.client());
  }
}
