package org.mekong.registry.disclosure;

/** Whether a disclosure may rest on the log as it stands with its witnesses. */
public interface BorderRule {

  /**
   * True for this nation itself. For another one false while the log waits for its witnesses, or
   * has stayed uncosigned for too long.
   *
   * @param country who asks, ISO 3166-1 alpha-2
   */
  boolean mayServe(String country);
}
