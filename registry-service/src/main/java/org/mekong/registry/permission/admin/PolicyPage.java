package org.mekong.registry.permission.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor of the next page, absent on the last
 */
@Schema(hidden = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyPage<T>(List<PolicyView<T>> items, @Nullable String next) {
  public PolicyPage {
    items = List.copyOf(items);
  }
}
