package org.mekong.gateway.peer;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import javax.security.auth.x500.X500Principal;
import org.mekong.gateway.transport.Caller;
import org.mekong.log.verify.Policy;

/**
 * The gateway of another nation.
 *
 * @param nation ISO 3166-1 alpha-2
 * @param url base URL
 * @param subject of its certificate, as server and as client
 * @param keys its public signing keys
 * @param logs the logs whose receipts are taken from it
 * @param caller calls it, and nobody else
 */
public record Peer(
    String nation, URI url, X500Principal subject, JWKSet keys, Policy logs, Caller caller) {}
