package org.mekong.registry.webhook;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import org.mekong.log.year.KeyFile;
import org.mekong.registry.log.LogConfig;
import org.mekong.webhooks.address.AddressGuard;
import org.mekong.webhooks.post.Post;
import org.mekong.webhooks.secret.SecretSeal;

/** What webhooks are made of, by the settings of this service. */
@Singleton
final class WebhookParts {
  private static final String TLS = "webhooks";

  @Produces
  @Singleton
  AddressGuard guard(WebhookConfig config) {
    return new AddressGuard(
        "registry.webhook.allowed-ranges",
        config.allowedRanges().orElse(List.of()),
        InetAddress::getAllByName);
  }

  @Produces
  @Singleton
  SecretSeal seal(LogConfig config) {
    return new SecretSeal(
        new KeyFile(
                "registry.log.key-encryption-key-file",
                config.keyEncryptionKeyFile(),
                config.generateKey())
            .keyEncryptionKey());
  }

  @Produces
  @Singleton
  Post post(Vertx vertx, TlsConfigurationRegistry tls, AddressGuard guard, WebhookConfig config) {
    return new Post(
        vertx,
        tls.get(TLS).or(tls::getDefault).map(TlsConfiguration::getTrustStoreOptions),
        guard,
        config.deadline(),
        config.most());
  }
}
