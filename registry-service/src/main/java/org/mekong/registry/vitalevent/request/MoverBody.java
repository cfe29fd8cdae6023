package org.mekong.registry.vitalevent.request;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.vitalevent.VitalEvent;

/** One of those who move. */
@Schema(name = "Mover")
public record MoverBody(
    @Nullable String personId,
    @Schema(
            description = "Given with a household, and only so",
            enumeration = {"head", "spouse", "child", "parent", "sibling", "other"})
        @Nullable String relationToHead) {

  static List<VitalEvent.Mover> read(
      @Nullable List<@Nullable MoverBody> movers, DeclarationReader reader) {
    List<VitalEvent.Mover> read = new ArrayList<>();
    List<MoverBody> given = reader.needList("persons", movers);
    for (int i = 0; i < given.size(); i++) {
      UUID id = reader.needKey("persons[" + i + "].personId", given.get(i).personId);
      if (id != null) {
        read.add(new VitalEvent.Mover(id, given.get(i).relationToHead));
      }
    }
    return read;
  }
}
