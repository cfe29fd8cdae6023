package org.mekong.identity.permission;

import com.nimbusds.oauth2.sdk.id.Audience;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
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
  private final List<String> audiences;

  @Inject
  ServedResources(ServiceConfig config, IssuerAddress issuer) {
    this(config.serves(), issuer.audiences());
  }

  /**
   * By configuration.
   *
   * @param serves resources by client id
   * @param audiences all that tokens are issued for
   */
  public ServedResources(Map<String, String> serves, List<String> audiences) {
    this.serves = Map.copyOf(serves);
    this.audiences = List.copyOf(audiences);
  }

  /** What is wrong with the configuration, each fault beginning with the property's name. */
  public List<String> faults() {
    return serves.entrySet().stream()
        .filter(each -> !audiences.contains(each.getValue()))
        .sorted(Map.Entry.comparingByKey())
        .map(
            each ->
                "identity.service.serves.\"%s\": %s is not of identity.resources"
                    .formatted(each.getKey(), each.getValue()))
        .toList();
  }

  /** The resource of a client that is a service. */
  public Optional<Audience> of(Client client) {
    return Optional.ofNullable(serves.get(client.id())).map(Audience::new);
  }
}
