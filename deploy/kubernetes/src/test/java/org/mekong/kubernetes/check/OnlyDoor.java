package org.mekong.kubernetes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifests;
import org.mekong.kubernetes.network.Party;
import org.mekong.kubernetes.network.Pod;
import org.mekong.kubernetes.network.Reachability;

/**
 * Rule {@code only-door}: the connections that the network policies let through are exactly those
 * that are wanted, and the gateway is the only door between countries.
 */
public final class OnlyDoor implements Check {

  private static final String RULE = "only-door";

  private final Set<String> wanted;

  /**
   * @param wanted the connections that must be possible, as {@link Reachability#connections} writes
   *     them; no other may be
   */
  public OnlyDoor(Set<String> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    SortedSet<String> possible = possible(manifests);
    Stream<Finding> open =
        possible.stream()
            .filter(c -> !wanted.contains(c))
            .map(c -> new Finding(RULE, c, "is possible and must not be"));
    Stream<Finding> shut =
        wanted.stream()
            .filter(c -> !possible.contains(c))
            .map(c -> new Finding(RULE, c, "is needed and not possible"));
    return Stream.concat(open, shut);
  }

  /** What the policies let through between this node's pods and a cast of callers outside. */
  public static SortedSet<String> possible(Manifests manifests) {
    List<Party> parties = new ArrayList<>();
    Pod.of(manifests).map(p -> new Party.Inside(p.name(), p.labels())).forEach(parties::add);
    parties.addAll(outside(manifests));
    return new Reachability(manifests).connections(parties);
  }

  private static List<Party> outside(Manifests manifests) {
    Map<String, String> agencies = Map.of("mekong.example/zone", "agencies");
    Map<String, String> elsewhere = Map.of("kubernetes.io/metadata.name", "elsewhere");
    Map<String, String> agency = Map.of("mekong.example/caller", "agency");
    return List.of(
        new Party.Neighbour("agency", agencies, agency),
        new Party.Neighbour("unlabelled-pod-beside-agency", agencies, Map.of()),
        new Party.Neighbour("false-agency", elsewhere, agency),
        new Party.Neighbour(
            "gateway-of-another-node", elsewhere, Map.of("app.kubernetes.io/name", "gateway")),
        new Party.Neighbour(
            "database-operator",
            Map.of("kubernetes.io/metadata.name", "cnpg-system"),
            Map.of("app.kubernetes.io/name", "cloudnative-pg")),
        new Party.Neighbour(
            "dns",
            Map.of("kubernetes.io/metadata.name", "kube-system"),
            Map.of("k8s-app", "kube-dns")),
        new Party.Remote("peer", address(manifests, "gateway-peer-")),
        new Party.Remote("cluster-api", address(manifests, "database-control")),
        new Party.Remote("internet", "192.0.2.200"));
  }

  /** The address that the policy lets pods reach; one that nothing reaches when it is not there. */
  private static String address(Manifests manifests, String policy) {
    return manifests
        .ofKind("NetworkPolicy")
        .filter(m -> m.name().startsWith(policy))
        .map(m -> m.at("/spec/egress/0/to/0/ipBlock/cidr").asText())
        .filter(cidr -> cidr.endsWith("/32"))
        .map(cidr -> cidr.substring(0, cidr.indexOf('/')))
        .findFirst()
        .orElse("192.0.2.201");
  }
}
