package org.mekong.registry.identifier;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mekong.registry.nation.NationProfile;

/** Chooses the number scheme of the node's nation. */
final class IdentifierBeans {

  @Produces
  @Singleton
  NumberScheme scheme(NationProfile profile, IdentifierConfig config) {
    return switch (profile.nation()) {
      case VN -> new VietnameseNumbers(profile);
      case LA, KH -> new LaoNumbers(config.laoPattern()); // invented for both
    };
  }
}
