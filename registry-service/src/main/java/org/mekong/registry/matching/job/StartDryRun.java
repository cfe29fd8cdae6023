package org.mekong.registry.matching.job;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/matching/dry-runs}.
 *
 * @param rules version to be tried
 */
public record StartDryRun(@Schema(examples = "1") @Nullable Integer rules) {}
