package org.mekong.identity.logout;

import com.nimbusds.oauth2.sdk.id.State;
import java.net.URI;
import java.util.Optional;
import org.mekong.identity.client.Client;

/**
 * What an application asks for when it sends a person to sign out, as far as it is proved.
 *
 * @param client who asks; none where nobody says who
 * @param session pairwise {@code sid} of an ID token of ours that was shown
 * @param returnTo where the person goes then: registered by the client, letter by letter
 * @param state to be given back there
 */
record LogoutWish(
    Optional<Client> client,
    Optional<String> session,
    Optional<URI> returnTo,
    Optional<State> state) {
  /** The end of a session that nobody asks for but the person. */
  static final LogoutWish NONE =
      new LogoutWish(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
