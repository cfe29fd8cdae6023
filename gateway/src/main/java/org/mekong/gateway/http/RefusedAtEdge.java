package org.mekong.gateway.http;

import java.util.UUID;

/**
 * A request was refused before anything looked at it.
 *
 * @param rule that refused, such as {@code request/too-large}
 */
public record RefusedAtEdge(UUID requestId, String rule) {}
