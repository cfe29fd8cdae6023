package org.mekong.registry.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How far a search goes. */
@ConfigMapping(prefix = "registry.search")
public interface SearchConfig {

  /** Rows of the index that one search reads at most; over it, it asks for more to narrow by. */
  @WithDefault("5000")
  int mostRows();

  /**
   * Persons whose documents one search reads at most: for parents, a place of birth, a household.
   */
  @WithDefault("500")
  int mostDocuments();
}
