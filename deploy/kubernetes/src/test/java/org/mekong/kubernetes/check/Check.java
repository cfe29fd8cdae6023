package org.mekong.kubernetes.check;

import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifests;

/** One rule about a set of manifests. */
@FunctionalInterface
public interface Check {

  /** What is wrong; nothing when the rule holds. */
  Stream<Finding> findings(Manifests manifests);
}
