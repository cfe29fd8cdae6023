package org.mekong.registry.matching.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of the queue, the highest score first.
 *
 * @param next cursor of the next page
 */
@Schema(name = "DuplicatePairPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DuplicatePage(List<DuplicateView> duplicates, @Nullable String next) {}
