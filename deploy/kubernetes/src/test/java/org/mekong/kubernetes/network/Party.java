package org.mekong.kubernetes.network;

import java.util.Map;

/** One end of a connection. */
public sealed interface Party {

  String name();

  /** A pod of this node. */
  record Inside(String name, Map<String, String> labels) implements Party {}

  /** A pod of another namespace of the same cluster. */
  record Neighbour(String name, Map<String, String> namespaceLabels, Map<String, String> labels)
      implements Party {}

  /**
   * A machine outside the cluster.
   *
   * @param address IPv4, dotted
   */
  record Remote(String name, String address) implements Party {}
}
