package org.mekong.identity.permission;

import com.nimbusds.oauth2.sdk.id.Audience;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;

/**
 * Which client is the service behind a resource: it may ask about tokens that are meant for it (RFC
 * 7662) and exchange them (RFC 8693), and nobody else may.
 */
@Singleton
public class ServedResources {
  private final Map<String, String> serves;

  /**
   * @throws IllegalStateException naming the property when a resource is none that tokens are
   *     issued for
   */
  ServedResources(ServiceConfig config, IssuerAddress issuer) {
    this.serves = Map.copyOf(config.serves());
    if (!issuer.audiences().containsAll(serves.values())) {
      throw new IllegalStateException(
          "identity.service.serves: a resource is not of identity.resources");
    }
  }

  /** The resource of a client that is a service. */
  public Optional<Audience> of(Client client) {
    return Optional.ofNullable(serves.get(client.id())).map(Audience::new);
  }
}
