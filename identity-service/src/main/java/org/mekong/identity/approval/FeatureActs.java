package org.mekong.identity.approval;

import java.util.List;

/** What two administrators do together in a feature. */
public interface FeatureActs {
  /** Each act, under a word of its own. */
  List<JointAct> acts();
}
