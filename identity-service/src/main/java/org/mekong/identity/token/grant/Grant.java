package org.mekong.identity.token.grant;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.util.List;
import java.util.Optional;
import org.mekong.identity.client.Client;

/**
 * What a client gets: its request, cut to what its registration and the person allow.
 *
 * @param client to whom
 * @param scopes granted, in order
 * @param resource the audience
 * @param details granted authorization details; may be none
 * @param person on whose behalf; none where a system asks in its own name
 */
public record Grant(
    Client client,
    List<String> scopes,
    String resource,
    List<AuthorizationDetail> details,
    Optional<OnBehalf> person) {
  public Grant {
    scopes = List.copyOf(scopes);
    details = List.copyOf(details);
  }
}
