package org.mekong.gateway.transport;

import java.time.Duration;

/**
 * What a server answered.
 *
 * @param status HTTP status
 * @param mediaType without parameters, lower case; empty when none was named
 * @param body the bytes, within the limit that was asked for
 * @param elapsed from sending to the last byte
 * @param serverTime what the server says it worked (header {@code Server-Timing}), else zero
 * @param retryAfter what the server asks to wait (header {@code Retry-After}, seconds), else zero
 */
public record Reply(
    int status,
    String mediaType,
    byte[] body,
    Duration elapsed,
    Duration serverTime,
    Duration retryAfter) {}
