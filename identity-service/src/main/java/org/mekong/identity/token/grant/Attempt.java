package org.mekong.identity.token.grant;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.sql.Connection;
import org.mekong.identity.client.Client;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.oauth.Binding;

/**
 * A token request whose sender is known.
 *
 * @param transaction in which everything about it is done
 * @param client who asks
 * @param request what
 * @param binding what the tokens will be bound to
 */
public record Attempt(
    Transaction transaction, Client client, TokenRequest request, Binding binding) {
  /** The transaction's connection. */
  public Connection connection() {
    return transaction.connection();
  }
}
