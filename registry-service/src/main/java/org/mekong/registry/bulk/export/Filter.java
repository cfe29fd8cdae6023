package org.mekong.registry.bulk.export;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;

/**
 * Whom an export is about.
 *
 * @param provinces of permanent residence; empty for all
 * @param bornFrom first year of birth
 * @param bornTo last year of birth
 * @param ids keys; empty for all
 */
record Filter(
    List<String> provinces, @Nullable Integer bornFrom, @Nullable Integer bornTo, List<UUID> ids) {

  private static final int MOST_IDS = 1000;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  Filter {
    provinces = List.copyOf(provinces);
    ids = List.copyOf(ids);
  }

  static Filter of(StartExport body, NationProfile profile, Violations violations) {
    List<String> provinces = new ArrayList<>();
    List<@Nullable String> given = body.provinces() == null ? List.of() : body.provinces();
    for (int i = 0; i < given.size(); i++) {
      String province = given.get(i);
      if (province == null || !profile.provinces().containsKey(province)) {
        violations.add("provinces[" + i + "]", "known-code", "is no province of today");
      } else {
        provinces.add(province);
      }
    }
    Integer from = body.bornFrom();
    Integer to = body.bornTo();
    if (from != null && to != null && from > to) {
      violations.add("bornTo", "range", "lies before bornFrom");
    }
    return new Filter(provinces, from, to, ids(body.ids(), violations));
  }

  private static List<UUID> ids(@Nullable List<@Nullable String> given, Violations violations) {
    List<UUID> ids = new ArrayList<>();
    if (given == null) {
      return ids;
    }
    if (given.isEmpty() || given.size() > MOST_IDS) {
      violations.add("ids", "size", "are none or more than " + MOST_IDS);
      return ids;
    }
    for (int i = 0; i < given.size(); i++) {
      String id = given.get(i);
      if (id == null || !UUID_TEXT.matcher(id).matches()) {
        violations.add("ids[" + i + "]", "uuid", "is no UUID in lower case");
      } else {
        ids.add(UUID.fromString(id));
      }
    }
    return ids;
  }
}
