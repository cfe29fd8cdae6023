package org.mekong.registry.person.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Residence;

/**
 * The one form in which persons and changes are stored: JSON with the members of the records, codes
 * as the API writes them, nothing where nothing is known. Thread-safe.
 */
public final class PersonJson {

  private static final JsonMapper MAPPER = mapper();
  private static final ObjectWriter PERSON = MAPPER.writerFor(Person.class);
  private static final ObjectReader TO_PERSON = MAPPER.readerFor(Person.class);
  private static final ObjectWriter CHANGES =
      MAPPER.writerFor(MAPPER.getTypeFactory().constructCollectionType(List.class, Change.class));
  private static final ObjectReader TO_CHANGES = MAPPER.readerForListOf(Change.class);

  private PersonJson() {}

  /** The document of a person. */
  public static String write(Person person) {
    return write(PERSON, person);
  }

  /** The person of a document. */
  public static Person person(String document) {
    return read(TO_PERSON, document);
  }

  /** The text of changes. */
  public static String write(List<Change> changes) {
    return write(CHANGES, changes);
  }

  /** The changes of a text. */
  public static List<Change> changes(String text) {
    return read(TO_CHANGES, text);
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A person cannot be written", e);
    }
  }

  /** The cause may hold personal data and stays behind. */
  private static <T> T read(ObjectReader reader, String text) {
    try {
      return reader.readValue(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The register holds what it cannot read: " + e.getClass().getSimpleName());
    }
  }

  private static JsonMapper mapper() {
    return mapper(true);
  }

  /** The mapper with the writers of records, or for a comparison without them. */
  static JsonMapper mapper(boolean writers) {
    JsonMapper.Builder builder = builder(writers).addMixIn(Change.class, Tagged.class);
    for (Class<?> change : Change.class.getPermittedSubclasses()) {
      builder.registerSubtypes(new NamedType(change, tag(change)));
    }
    return emptyLists(builder.build());
  }

  /** A mapper of stored JSON for a sealed type of another feature, told apart by a member. */
  public static JsonMapper mapper(Class<?> sealed, Class<?> mixin, List<NamedType> types) {
    return emptyLists(
        builder(true)
            .addMixIn(sealed, mixin)
            .registerSubtypes(types.toArray(NamedType[]::new))
            .build());
  }

  private static JsonMapper emptyLists(JsonMapper mapper) {
    for (Class<?> collection : List.of(List.class, Set.class)) {
      mapper
          .configOverride(collection)
          .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }
    return mapper;
  }

  private static JsonMapper.Builder builder(boolean writers) {
    SimpleModule codes = new SimpleModule("codes");
    if (writers) {
      RecordWriters.addTo(codes);
    }
    text(codes, LocalDate.class, LocalDate::toString, text -> Optional.of(LocalDate.parse(text)));
    text(codes, PartialDate.class, PartialDate::toString, PartialDate::parse);
    text(codes, MaritalStatus.class, MaritalStatus::code, MaritalStatus::ofCode);
    text(codes, LifeStatus.class, LifeStatus::code, LifeStatus::ofCode);
    text(codes, NameScript.class, NameScript::code, NameScript::ofCode);
    text(codes, PersonName.Kind.class, PersonName.Kind::code, PersonName.Kind::ofCode);
    text(codes, PersonField.class, PersonField::code, PersonField::ofCode);
    text(codes, Residence.Kind.class, Residence.Kind::code, Residence.Kind::ofCode);
    text(codes, Relationship.Kind.class, Relationship.Kind::code, Relationship.Kind::ofCode);
    text(codes, Sex.class, sex -> Integer.toString(sex.code()), PersonJson::sex);
    return JsonMapper.builder()
        .addModule(codes)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
  }

  private static Optional<Sex> sex(String code) {
    return code.length() == 1 ? Sex.ofCode(code.charAt(0) - '0') : Optional.empty();
  }

  /** {@code NamesChanged} is {@code names_changed}. */
  private static String tag(Class<?> change) {
    return change.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
  private interface Tagged {}

  private static <T> void text(
      SimpleModule module,
      Class<T> type,
      Function<T, String> write,
      Function<String, Optional<T>> read) {
    module.addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator into, SerializerProvider provider)
              throws IOException {
            into.writeString(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return read.apply(from.getText())
                .orElseThrow(() -> new IOException("unknown code of " + type.getSimpleName()));
          }
        });
  }
}
