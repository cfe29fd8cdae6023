package org.mekong.gateway.peer;

import com.nimbusds.jose.jwk.JWKSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.jboss.logging.Logger;
import org.mekong.gateway.peer.PeersConfig.PeerConfig;
import org.mekong.gateway.transport.Callers;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;

/** The peers that this gateway knows, read once at start. Immutable afterwards. */
@ApplicationScoped
public class Peers {

  private static final Logger LOG = Logger.getLogger(Peers.class);

  private final Map<String, Peer> byNation = new TreeMap<>();

  /**
   * Reads the peers.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public Peers(PeersConfig config, Callers callers) {
    config.peers().forEach((nation, peer) -> byNation.put(nation, read(nation, peer, callers)));
    LOG.infof("Peers %s", byNation.keySet());
  }

  /** The peer of a nation. */
  public Optional<Peer> find(String nation) {
    return Optional.ofNullable(byNation.get(nation));
  }

  /**
   * The peer whose certificate this is; the trust store has vouched for the certificate already.
   */
  public Optional<Peer> find(X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return byNation.values().stream().filter(peer -> peer.subject().equals(subject)).findFirst();
  }

  /** Every peer, by nation code. */
  public List<Peer> all() {
    return List.copyOf(byNation.values());
  }

  private static Peer read(String nation, PeerConfig config, Callers callers) {
    String prefix = "gateway.peers." + nation + ".";
    if (!nation.matches("[A-Z]{2}")) {
      throw new IllegalStateException(prefix + "url: a peer is named by its nation's two letters");
    }
    if (!"https".equals(config.url().getScheme())) {
      throw new IllegalStateException(prefix + "url: must be https");
    }
    var subject = subject(prefix, config.certificateSubject());
    return new Peer(
        nation,
        config.url(),
        subject,
        keys(prefix, config.jwksFile()),
        logs(prefix, config.logKeysFile()),
        callers.pinnedTo(subject));
  }

  private static X500Principal subject(String prefix, String name) {
    try {
      return new X500Principal(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(prefix + "certificate-subject: not a subject", e);
    }
  }

  private static JWKSet keys(String prefix, Path file) {
    try {
      JWKSet keys = JWKSet.parse(Files.readString(file)).toPublicJWKSet();
      if (keys.isEmpty()) {
        throw new IllegalStateException(prefix + "jwks-file: " + file + " holds no key");
      }
      return keys;
    } catch (IOException | ParseException e) {
      throw new IllegalStateException(
          prefix + "jwks-file: cannot read " + file + " as a JWK set (" + e + ")", e);
    }
  }

  private static Policy logs(String prefix, Optional<Path> file) {
    var keys = new ArrayList<VerifierKey>();
    if (file.isPresent()) {
      try {
        for (String line : Files.readAllLines(file.get())) {
          if (!line.isBlank()) {
            keys.add(VerifierKey.parse(line.strip()));
          }
        }
      } catch (IOException | NoteException e) {
        throw new IllegalStateException(
            prefix + "log-keys-file: cannot read " + file.get() + " as verifier keys", e);
      }
    }
    return Policy.ofLogs(keys.toArray(VerifierKey[]::new));
  }
}
