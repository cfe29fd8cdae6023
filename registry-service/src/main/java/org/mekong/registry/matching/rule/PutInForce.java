package org.mekong.registry.matching.rule;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /admin/v1/matching/rules/in-force}.
 *
 * @param version of the rules by which pairs are judged from now on
 */
public record PutInForce(@Schema(examples = "1") @Nullable Integer version) {}
