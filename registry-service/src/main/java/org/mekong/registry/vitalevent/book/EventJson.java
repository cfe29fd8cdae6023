package org.mekong.registry.vitalevent.book;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import org.mekong.registry.person.storage.PersonJson;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;

/** The one form in which events are stored: JSON with the members of the records. Thread-safe. */
public final class EventJson {

  private static final JsonMapper MAPPER =
      PersonJson.mapper(
          VitalEvent.class,
          Tagged.class,
          Arrays.stream(VitalEvent.class.getPermittedSubclasses())
              .map(type -> new NamedType(type, VitalEvent.typeOf(type)))
              .toList());
  private static final ObjectWriter WRITER = MAPPER.writerFor(Document.class);
  private static final ObjectReader READER = MAPPER.readerFor(Document.class);

  private EventJson() {}

  record Document(VitalEvent event, Circumstances circumstances) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Tagged {}

  /** The text of an event. */
  public static String write(VitalEvent event, Circumstances circumstances) {
    try {
      return WRITER.writeValueAsString(new Document(event, circumstances));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event cannot be written", e);
    }
  }

  /** The event of a text. The cause may hold personal data and stays behind. */
  static Document read(String text) {
    try {
      return READER.readValue(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The register holds what it cannot read: " + e.getClass().getSimpleName());
    }
  }
}
