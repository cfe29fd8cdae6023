package org.mekong.registry.log;

import jakarta.inject.Singleton;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.nation.NationProfile;

/** Whether a disclosure may rest on the log as it stands with its witnesses. */
@Singleton
public class BorderRule {

  private final YearlyLog log;
  private final NationProfile profile;

  BorderRule(YearlyLog log, NationProfile profile) {
    this.log = log;
    this.profile = profile;
  }

  /**
   * True for this nation itself. For another one false while the log waits for its witnesses, or
   * has stayed uncosigned for too long.
   *
   * @param country who asks, ISO 3166-1 alpha-2
   */
  public boolean mayServe(String country) {
    return country.equals(profile.nation().name()) || log.standing().mayServeAbroad();
  }
}
