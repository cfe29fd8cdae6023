package org.mekong.portal;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.net.URI;
import java.nio.file.Path;

/**
 * What an application must know.
 *
 * @param nation code of the country, {@code VN} for instance
 * @param address where people find it: an https URL without a path
 * @param issuer the country's identity-service
 * @param clientId as it is registered there
 * @param key by which it proves who it is; on P-256
 * @param folder where its {@code tls.pem} and {@code tls.key} lie
 * @param authority whose certificates it trusts, PEM
 */
public record PortalSettings(
    String nation,
    URI address,
    Issuer issuer,
    ClientID clientId,
    ECKey key,
    Path folder,
    Path authority) {
  /** Where people come back with a code. */
  public URI callback() {
    return address.resolve("/callback");
  }

  /** Where people come back after signing out. */
  public URI signedOut() {
    return address.resolve("/signed-out");
  }

  /** Where the identity-service tells of the end of a session. */
  public URI backChannelLogout() {
    return address.resolve("/back-channel-logout");
  }

  /** Names the application alone: a key is among the rest. */
  @Override
  public String toString() {
    return "PortalSettings[" + clientId + "]";
  }
}
