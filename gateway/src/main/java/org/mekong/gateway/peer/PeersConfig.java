package org.mekong.gateway.peer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The peers by nation code, such as {@code gateway.peers.LA.url}. */
@ConfigMapping(prefix = "gateway.peers")
public interface PeersConfig {

  /** By nation code, ISO 3166-1 alpha-2. */
  @WithParentName
  Map<String, PeerConfig> peers();

  /** One peer. */
  interface PeerConfig {

    /** Base URL of its gateway, HTTPS. */
    URI url();

    /** File with the JWK set of its public signing keys; two keys during a key change. */
    Path jwksFile();

    /**
     * Subject of its certificate, as server and as client, such as {@code
     * CN=gateway.la.mekong.example}.
     */
    String certificateSubject();

    /**
     * File with the verifier keys of its logs, one a line: this year's and, before its end, the
     * next year's. Without it no answer of this peer is accepted.
     */
    Optional<Path> logKeysFile();
  }
}
