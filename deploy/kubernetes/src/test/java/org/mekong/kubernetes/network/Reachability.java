package org.mekong.kubernetes.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;
import org.mekong.kubernetes.manifest.Selector;

/**
 * Which connections the network policies let through. A pod that some policy selects for a
 * direction may speak in that direction only as a rule says; a pod that none selects may speak to
 * all. Within the node both ends must allow it.
 */
public final class Reachability {

  /** Ports to try: those that are used here, and a few that nobody should reach. */
  private static final List<Integer> PORTS =
      List.of(22, 53, 80, 443, 5432, 6443, 8000, 8080, 8443, 9000, 9187);

  private final List<Manifest> policies;

  public Reachability(Manifests manifests) {
    this.policies = manifests.ofKind("NetworkPolicy").toList();
  }

  /** All connections that are possible between the parties, as "from -> to PROTOCOL port". */
  public SortedSet<String> connections(List<Party> parties) {
    SortedSet<String> connections = new TreeSet<>();
    for (Party from : parties) {
      for (Party to : parties) {
        if (from instanceof Party.Inside || to instanceof Party.Inside) {
          for (String protocol : List.of("TCP", "UDP")) {
            PORTS.stream()
                .filter(port -> isAllowed("Egress", from, to, protocol, port))
                .filter(port -> isAllowed("Ingress", to, from, protocol, port))
                .map(port -> from.name() + " -> " + to.name() + " " + protocol + " " + port)
                .forEach(connections::add);
          }
        }
      }
    }
    return connections;
  }

  private boolean isAllowed(String direction, Party of, Party other, String protocol, int port) {
    if (!(of instanceof Party.Inside pod)) {
      return true;
    }
    List<Manifest> selecting =
        policies.stream()
            .filter(
                p ->
                    p.at("/spec/policyTypes")
                        .valueStream()
                        .anyMatch(t -> t.asText().equals(direction)))
            .filter(p -> new Selector(p.at("/spec/podSelector")).matches(pod.labels()))
            .toList();
    boolean out = direction.equals("Egress");
    return selecting.isEmpty()
        || selecting.stream()
            .flatMap(p -> p.at(out ? "/spec/egress" : "/spec/ingress").valueStream())
            .anyMatch(
                rule ->
                    allOrAny(rule.path(out ? "to" : "from"), p -> isPeer(p, other))
                        && allOrAny(rule.path("ports"), p -> isPort(p, protocol, port)));
  }

  /** An absent or empty list in a rule restricts nothing. */
  private static boolean allOrAny(JsonNode list, Predicate<JsonNode> matches) {
    return list.isEmpty() || list.valueStream().anyMatch(matches);
  }

  private static boolean isPeer(JsonNode peer, Party party) {
    return switch (party) {
      case Party.Remote remote ->
          peer.has("ipBlock") && new AddressBlock(peer.path("ipBlock")).holds(remote.address());
      case Party.Inside inside ->
          !peer.has("ipBlock")
              && !peer.has("namespaceSelector")
              && new Selector(peer.path("podSelector")).matches(inside.labels());
      case Party.Neighbour neighbour ->
          peer.has("namespaceSelector")
              && new Selector(peer.path("namespaceSelector")).matches(neighbour.namespaceLabels())
              && new Selector(peer.path("podSelector")).matches(neighbour.labels());
    };
  }

  private static boolean isPort(JsonNode candidate, String protocol, int port) {
    JsonNode number = candidate.path("port");
    if (!candidate.path("protocol").asText("TCP").equals(protocol)) {
      return false;
    }
    if (!number.isMissingNode() && !number.isInt()) {
      throw new IllegalArgumentException("a network policy names a port by a word: " + candidate);
    }
    int last = candidate.path("endPort").asInt(number.asInt());
    return number.isMissingNode() || (port >= number.asInt() && port <= last);
  }
}
