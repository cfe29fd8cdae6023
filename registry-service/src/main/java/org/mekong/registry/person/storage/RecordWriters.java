package org.mekong.registry.person.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * Writes the records that most of what is stored consists of, member by member, as databind would
 * write them and in half of its time: what is empty is left out. A test holds both side by side.
 */
final class RecordWriters {

  private static final SerializableString ID = name("id");
  private static final SerializableString PERSONAL_NUMBER = name("personalNumber");
  private static final SerializableString EARLIER_NUMBERS = name("earlierNumbers");
  private static final SerializableString PARTICULARS = name("particulars");
  private static final SerializableString MERGED_INTO = name("mergedInto");
  private static final SerializableString NAMES = name("names");
  private static final SerializableString DATE_OF_BIRTH = name("dateOfBirth");
  private static final SerializableString SEX = name("sex");
  private static final SerializableString PLACE_OF_BIRTH = name("placeOfBirth");
  private static final SerializableString REGISTRATION = name("placeOfBirthRegistration");
  private static final SerializableString HOMETOWN = name("hometown");
  private static final SerializableString ETHNICITY = name("ethnicity");
  private static final SerializableString RELIGION = name("religion");
  private static final SerializableString NATIONALITIES = name("nationalities");
  private static final SerializableString BLOOD_GROUP = name("bloodGroup");
  private static final SerializableString MARITAL_STATUS = name("maritalStatus");
  private static final SerializableString LIFE_STATUS = name("lifeStatus");
  private static final SerializableString DATE_OF_DEATH = name("dateOfDeath");
  private static final SerializableString RESIDENCES = name("residences");
  private static final SerializableString RELATIONSHIPS = name("relationships");
  private static final SerializableString HOUSEHOLD = name("household");
  private static final SerializableString CONTACT = name("contact");
  private static final SerializableString PHOTO_REFERENCE = name("photoReference");
  private static final SerializableString WITHHELD = name("withheld");
  private static final SerializableString KIND = name("kind");
  private static final SerializableString SCRIPT = name("script");
  private static final SerializableString FAMILY = name("family");
  private static final SerializableString MIDDLE = name("middle");
  private static final SerializableString GIVEN = name("given");
  private static final SerializableString COUNTRY = name("country");
  private static final SerializableString PROVINCE = name("province");
  private static final SerializableString TEXT = name("text");
  private static final SerializableString PLACE = name("place");
  private static final SerializableString PERSON_ID = name("personId");
  private static final SerializableString NAME = name("name");
  private static final SerializableString RELATION_TO_HEAD = name("relationToHead");
  private static final SerializableString PHONE = name("phone");
  private static final SerializableString EMAIL = name("email");

  private RecordWriters() {}

  static void addTo(SimpleModule module) {
    add(module, Person.class, RecordWriters::person);
    add(module, Particulars.class, RecordWriters::particulars);
    add(module, PersonName.class, RecordWriters::personName);
    add(module, Place.class, RecordWriters::place);
    add(module, Residence.class, RecordWriters::residence);
    add(module, Relationship.class, RecordWriters::relationship);
    add(module, Household.class, RecordWriters::household);
  }

  @FunctionalInterface
  private interface Members<T> {
    void write(T of, JsonGenerator into) throws IOException;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Members<T> members) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T of, JsonGenerator into, SerializerProvider provider)
              throws IOException {
            object(of, members, into);
          }
        });
  }

  private static void person(Person of, JsonGenerator into) throws IOException {
    id(ID, of.id(), into);
    text(PERSONAL_NUMBER, of.personalNumber(), into);
    texts(EARLIER_NUMBERS, of.earlierNumbers(), into);
    member(PARTICULARS, of.particulars(), RecordWriters::particulars, into);
    id(MERGED_INTO, of.mergedInto(), into);
  }

  private static void particulars(Particulars of, JsonGenerator into) throws IOException {
    members(NAMES, of.names(), RecordWriters::personName, into);
    told(DATE_OF_BIRTH, of.dateOfBirth(), into);
    text(SEX, Integer.toString(of.sex().code()), into);
    member(PLACE_OF_BIRTH, of.placeOfBirth(), RecordWriters::place, into);
    text(REGISTRATION, of.placeOfBirthRegistration(), into);
    member(HOMETOWN, of.hometown(), RecordWriters::place, into);
    text(ETHNICITY, of.ethnicity(), into);
    text(RELIGION, of.religion(), into);
    texts(NATIONALITIES, of.nationalities(), into);
    text(BLOOD_GROUP, of.bloodGroup(), into);
    text(MARITAL_STATUS, of.maritalStatus().code(), into);
    text(LIFE_STATUS, of.lifeStatus().code(), into);
    told(DATE_OF_DEATH, of.dateOfDeath(), into);
    members(RESIDENCES, of.residences(), RecordWriters::residence, into);
    members(RELATIONSHIPS, of.relationships(), RecordWriters::relationship, into);
    member(HOUSEHOLD, of.household(), RecordWriters::household, into);
    member(CONTACT, of.contact(), RecordWriters::contact, into);
    text(PHOTO_REFERENCE, of.photoReference(), into);
    into.writeFieldName(WITHHELD);
    into.writeBoolean(of.withheld());
  }

  private static void personName(PersonName of, JsonGenerator into) throws IOException {
    text(KIND, of.kind().code(), into);
    text(SCRIPT, of.script().code(), into);
    text(FAMILY, of.family(), into);
    text(MIDDLE, of.middle(), into);
    text(GIVEN, of.given(), into);
  }

  private static void place(Place of, JsonGenerator into) throws IOException {
    text(COUNTRY, of.country(), into);
    text(PROVINCE, of.province(), into);
    text(TEXT, of.text(), into);
  }

  private static void residence(Residence of, JsonGenerator into) throws IOException {
    text(KIND, of.kind().code(), into);
    member(PLACE, of.place(), RecordWriters::place, into);
  }

  private static void relationship(Relationship of, JsonGenerator into) throws IOException {
    text(KIND, of.kind().code(), into);
    id(PERSON_ID, of.personId(), into);
    text(NAME, of.name(), into);
  }

  private static void household(Household of, JsonGenerator into) throws IOException {
    id(ID, of.id(), into);
    text(RELATION_TO_HEAD, of.relationToHead(), into);
  }

  private static void contact(Contact of, JsonGenerator into) throws IOException {
    text(PHONE, of.phone(), into);
    text(EMAIL, of.email(), into);
  }

  private static <T> void object(T of, Members<T> members, JsonGenerator into) throws IOException {
    into.writeStartObject();
    members.write(of, into);
    into.writeEndObject();
  }

  private static <T> void member(
      SerializableString name, @Nullable T value, Members<T> members, JsonGenerator into)
      throws IOException {
    if (value != null) {
      into.writeFieldName(name);
      object(value, members, into);
    }
  }

  private static <T> void members(
      SerializableString name, List<T> values, Members<T> members, JsonGenerator into)
      throws IOException {
    if (!values.isEmpty()) {
      into.writeFieldName(name);
      into.writeStartArray();
      for (T value : values) {
        object(value, members, into);
      }
      into.writeEndArray();
    }
  }

  private static void texts(SerializableString name, List<String> values, JsonGenerator into)
      throws IOException {
    if (!values.isEmpty()) {
      into.writeFieldName(name);
      into.writeStartArray();
      for (String value : values) {
        into.writeString(value);
      }
      into.writeEndArray();
    }
  }

  private static void text(SerializableString name, @Nullable String value, JsonGenerator into)
      throws IOException {
    if (value != null && !value.isEmpty()) {
      into.writeFieldName(name);
      into.writeString(value);
    }
  }

  private static void told(SerializableString name, @Nullable Object value, JsonGenerator into)
      throws IOException {
    text(name, value == null ? null : value.toString(), into);
  }

  private static void id(SerializableString name, @Nullable UUID value, JsonGenerator into)
      throws IOException {
    told(name, value, into);
  }

  private static SerializableString name(String name) {
    return new SerializedString(name);
  }
}
