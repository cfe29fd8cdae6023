package org.mekong.gateway.peer;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.mekong.gateway.transport.Caller;
import org.mekong.log.verify.Policy;

/**
 * The gateway of another nation.
 *
 * @param nation ISO 3166-1 alpha-2
 * @param url base URL
 * @param subjects of its certificates that are good now, as server and as client
 * @param keys its public signing keys that are good now
 * @param formerKeys these and those whose time is over: what was signed before is checked by them
 * @param logs the logs whose receipts are taken from it
 * @param suspended whether it is neither asked nor answered
 * @param caller calls it, and nobody else
 */
public record Peer(
    String nation,
    URI url,
    Set<X500Principal> subjects,
    JWKSet keys,
    JWKSet formerKeys,
    Policy logs,
    boolean suspended,
    Caller caller) {

  public Peer {
    subjects = Set.copyOf(subjects);
  }
}
