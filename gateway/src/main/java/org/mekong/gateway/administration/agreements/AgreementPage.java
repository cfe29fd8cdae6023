package org.mekong.gateway.administration.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some versions of agreements, by id and version.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(Include.NON_NULL)
public record AgreementPage(List<AgreementView> items, @Nullable String next) {

  public AgreementPage {
    items = List.copyOf(items);
  }
}
