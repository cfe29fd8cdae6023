package org.mekong.gateway.http;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.UUID;

/**
 * A request was refused before anything looked at it.
 *
 * @param rule that refused, such as {@code request/too-large}
 * @param ofPeers whether it came where peers ask
 * @param certificate that its caller showed there
 */
public record RefusedAtEdge(
    UUID requestId, String rule, boolean ofPeers, Optional<X509Certificate> certificate) {}
