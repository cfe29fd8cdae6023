package org.mekong.registry.permission.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One version of a purpose, a field set or a permission.
 *
 * @param <T> the members that were sent
 * @param ended whether it holds no longer
 * @param changedBy the client that made the version; {@code release} for what is shipped
 */
@Schema(hidden = true)
public record PolicyView<T>(
    @JsonUnwrapped T content, int version, boolean ended, String changedBy, Instant changedAt) {}
