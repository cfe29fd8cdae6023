package org.mekong.identity.interaction;

import java.time.Instant;
import java.util.Optional;

/**
 * A request as its client pushed it (RFC 9126).
 *
 * @param key names it in the database and opens nothing
 * @param asked what is asked for
 * @param dpopJkt thumbprint of the key that the code is to be bound to (RFC 9449 section 10)
 * @param expiresAt until when it may be opened
 */
public record Pushed(String key, AskedFor asked, Optional<String> dpopJkt, Instant expiresAt) {}
