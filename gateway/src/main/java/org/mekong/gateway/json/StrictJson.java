package org.mekong.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The object mappers of this gateway. Both are immutable in use and safe for many threads. */
public final class StrictJson {

  /** Deepest nesting of arrays and objects that is read. */
  public static final int MAX_DEPTH = 16;

  private static final int MAX_STRING = 64 * 1024;
  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 32;

  private static final JsonMapper MAPPER = builder().build();
  private static final JsonMapper SNAKE_CASE =
      builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private StrictJson() {}

  /** For our own REST and for agreement documents: member names as in the records. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** For what gateways sign: member names in snake case. */
  public static JsonMapper snakeCase() {
    return SNAKE_CASE;
  }

  /** No number or boolean where a text is due. */
  static void refuseCoercion(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static JsonMapper.Builder strict(JsonMapper.Builder builder) {
    return builder.withCoercionConfig(LogicalType.Textual, StrictJson::refuseCoercion);
  }

  static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MAX_DEPTH)
        .maxStringLength(MAX_STRING)
        .maxNameLength(MAX_NAME)
        .maxNumberLength(MAX_NUMBER)
        .build();
  }

  private static JsonMapper.Builder builder() {
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return strict(JsonMapper.builder(factory))
        .addModule(new JavaTimeModule())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
  }
}
