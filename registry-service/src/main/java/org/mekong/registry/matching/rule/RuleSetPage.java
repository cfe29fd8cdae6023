package org.mekong.registry.matching.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Versions of the rules, the newest first.
 *
 * @param next cursor of the next page
 */
@Schema(name = "MatchingRulesPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleSetPage(List<RuleSetView> versions, @Nullable String next) {}
