package org.mekong.gateway.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation, without anything on the person it is about.
 *
 * @param id which sorts by time
 * @param clientId whose it is
 * @param country which nation is asked
 * @param kind how
 * @param purpose why
 * @param createdAt when it was queued
 * @param expiresAt when it is given up
 * @param finishedAt when it became final
 * @param attempts that were begun
 * @param failure rule of the last attempt that brought no outcome
 * @param dueAt when it is attempted next
 * @param event its place in the order in which operations of a client became final
 */
public record Operation(
    UUID id,
    String clientId,
    String country,
    String kind,
    String purpose,
    State state,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant finishedAt,
    int attempts,
    @Nullable String failure,
    Instant dueAt,
    @Nullable Long event) {}
