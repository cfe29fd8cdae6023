package org.mekong.gateway.peer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mekong.gateway.peer.PeerDescription.Certificate;
import org.mekong.gateway.peer.PeerDescription.SigningKey;
import org.mekong.gateway.peer.PeersConfig.PeerConfig;

/** The peers that the configuration names: the beginning, before administrators change anything. */
@ApplicationScoped
public class ConfiguredPeers {

  private final PeersConfig config;

  @Inject
  public ConfiguredPeers(PeersConfig config) {
    this.config = config;
  }

  /**
   * Reads their files.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  public List<PeerDescription> read() {
    var peers = new ArrayList<PeerDescription>();
    config.peers().forEach((nation, peer) -> peers.add(read(nation, peer)));
    return peers;
  }

  private static PeerDescription read(String nation, PeerConfig config) {
    String prefix = "gateway.peers." + nation + ".";
    return new PeerDescription(
        nation,
        config.url(),
        List.of(new Certificate(config.certificateSubject(), null)),
        keys(prefix, config.jwksFile()),
        logKeys(prefix, config.logKeysFile()));
  }

  private static List<SigningKey> keys(String prefix, Path file) {
    try {
      return JWKSet.parse(Files.readString(file)).toPublicJWKSet().getKeys().stream()
          .map(JWK::toJSONObject)
          .map(jwk -> new SigningKey(jwk, null))
          .toList();
    } catch (IOException | ParseException e) {
      throw new IllegalStateException(
          prefix + "jwks-file: cannot read " + file + " as a JWK set (" + e + ")", e);
    }
  }

  private static List<String> logKeys(String prefix, Optional<Path> file) {
    try {
      return file.isEmpty()
          ? List.of()
          : Files.readAllLines(file.get()).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    } catch (IOException e) {
      throw new IllegalStateException(
          prefix + "log-keys-file: cannot read " + file.get() + " as verifier keys", e);
    }
  }
}
