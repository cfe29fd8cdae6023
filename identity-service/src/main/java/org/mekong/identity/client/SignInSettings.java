package org.mekong.identity.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How people come back from signing in and out.
 *
 * @param redirectUris where codes may be sent, compared letter by letter; empty for a client that
 *     signs nobody in
 * @param postLogoutRedirectUris where people may be sent after signing out
 * @param backchannelLogoutUri who is told of the end of a session
 * @param idTokenAlgorithm what signs its ID tokens: ES256, PS256 or EdDSA
 */
public record SignInSettings(
    List<URI> redirectUris,
    List<URI> postLogoutRedirectUris,
    Optional<URI> backchannelLogoutUri,
    String idTokenAlgorithm) {
  /** Of a client that signs nobody in. */
  public static final SignInSettings NONE =
      new SignInSettings(List.of(), List.of(), Optional.empty(), "ES256");

  public SignInSettings {
    redirectUris = List.copyOf(redirectUris);
    postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
  }
}
