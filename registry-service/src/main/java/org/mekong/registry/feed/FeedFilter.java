package org.mekong.registry.feed;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;

/**
 * Which entries are asked for.
 *
 * @param types all when empty
 * @param provinces all when empty; otherwise who lives there, and who moves there or away
 */
public record FeedFilter(Set<String> types, Set<String> provinces) {

  /** Everything. */
  public static final FeedFilter ALL = new FeedFilter(Set.of(), Set.of());

  public FeedFilter {
    types = Set.copyOf(types);
    provinces = Set.copyOf(provinces);
  }

  /** Reads comma-separated codes. */
  static FeedFilter read(
      @Nullable String types,
      @Nullable String provinces,
      NationProfile profile,
      Violations violations) {
    return read(split(types), "type", split(provinces), "province", profile, violations);
  }

  /** Reads lists of codes, naming the members that they came in. */
  public static FeedFilter read(
      List<String> types,
      String typeMember,
      List<String> provinces,
      String provinceMember,
      NationProfile profile,
      Violations violations) {
    if (!types.stream().allMatch(FeedTypes::isKnown)) {
      violations.add(typeMember, "known-code", "holds a type of event that is not known");
    }
    if (!provinces.stream().allMatch(profile.provinces()::containsKey)) {
      violations.add(provinceMember, "known-code", "holds no code of a province of today");
    }
    return new FeedFilter(new TreeSet<>(types), new TreeSet<>(provinces));
  }

  /** The filter as a text that no other filter has. */
  public String identity() {
    return String.join(",", new TreeSet<>(types))
        + "|"
        + String.join(",", new TreeSet<>(provinces));
  }

  private static List<String> split(@Nullable String codes) {
    return codes == null ? List.of() : List.of(codes.split(",", -1));
  }
}
