package org.mekong.registry.vitalevent.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.vitalevent.Party;

/** Two who marry, or are married. */
record Couple(Party one, Party other) {

  static @Nullable Couple read(
      @Nullable List<@Nullable PartyBody> spouses, DeclarationReader reader) {
    List<PartyBody> given = reader.needList("spouses", spouses);
    if (given.size() != 2) {
      if (!given.isEmpty()) {
        reader.violations().add("spouses", "size", "are not two");
      }
      return null;
    }
    Party one = PartyBody.need("spouses[0]", given.get(0), reader);
    Party other = PartyBody.need("spouses[1]", given.get(1), reader);
    return one == null || other == null ? null : new Couple(one, other);
  }
}
