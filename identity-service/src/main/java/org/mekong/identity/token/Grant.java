package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.util.List;
import org.mekong.identity.client.Client;

/**
 * What a client gets: its request, cut to what its registration allows.
 *
 * @param client to whom
 * @param scopes granted, in order
 * @param resource the audience
 * @param details granted authorization details; may be none
 */
record Grant(
    Client client, List<String> scopes, String resource, List<AuthorizationDetail> details) {
  Grant {
    scopes = List.copyOf(scopes);
    details = List.copyOf(details);
  }
}
