package org.mekong.registry.bulk.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some imports, the latest first.
 *
 * @param cursor for those before; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportPage(List<ImportView> imports, @Nullable String cursor) {
  public ImportPage {
    imports = List.copyOf(imports);
  }
}
