package org.mekong.gateway.lookup.waiting;

import java.time.Instant;
import java.util.UUID;

/**
 * A lookup whose caller does not wait for it.
 *
 * @param operation what the caller knows it by
 * @param expires when it is given up, to the second
 */
public record Waiting(UUID operation, Instant expires) {}
