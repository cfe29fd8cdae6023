package org.mekong.registry.vitalevent.request;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.vitalevent.Party;

/** Somebody whom an event names: in the register by {@code personId}, outside of it by name. */
@Schema(name = "Party")
public record PartyBody(@Nullable String personId, @Nullable String name) {

  /** Reads somebody who has to be there. */
  static @Nullable Party need(String field, @Nullable PartyBody body, DeclarationReader reader) {
    if (body == null) {
      reader.violations().add(field, "required", "is missing");
    }
    return read(field, body, reader);
  }

  /** Reads somebody, if the request names them. */
  static @Nullable Party read(String field, @Nullable PartyBody body, DeclarationReader reader) {
    if (body == null) {
      return null;
    }
    if ((body.personId == null) == (body.name == null)) {
      reader.violations().add(field, "id-or-name", "needs either personId or name");
      return null;
    }
    if (body.name != null) {
      NameText.inText(body.name, NameText.LONGEST_TEXT)
          .ifPresent(
              fault -> reader.violations().add(field + ".name", fault.rule(), fault.detail()));
      return new Party(null, NameText.canonical(body.name));
    }
    UUID id = reader.key(field + ".personId", body.personId);
    return id == null ? null : Party.of(id);
  }
}
