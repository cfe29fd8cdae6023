package org.mekong.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Reads a duration as ISO 8601 text and as nothing else: a bare number has no unit. */
public final class TextDuration extends StdDeserializer<Duration> {

  @Serial private static final long serialVersionUID = 1L;

  public TextDuration() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return (Duration) context.handleUnexpectedToken(Duration.class, parser);
    }
    try {
      return Duration.parse(parser.getText());
    } catch (DateTimeParseException e) {
      return (Duration)
          context.handleWeirdStringValue(Duration.class, parser.getText(), "not ISO 8601");
    }
  }
}
