package org.mekong.registry.permission.policy;

import java.time.Instant;

/**
 * One version of one thing.
 *
 * @param version from 1, without gaps
 * @param content JSON, as it was sent
 * @param ended whether it holds no longer; the last version then
 * @param changedBy the client that sent it
 */
public record Stored(
    String code, int version, String content, boolean ended, String changedBy, Instant changedAt) {}
