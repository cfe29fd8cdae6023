package org.mekong.registry.person.storage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.residence.Residence;

/**
 * The tables that a person is kept in, with the one mapping from person to row that both a single
 * write and a bulk load use. A value is a {@link String}, {@link Integer}, {@link UUID}, {@link
 * OffsetDateTime} or null; {@code document} and {@code changes} are JSON texts.
 */
public enum PersonTable {
  PERSON(
      "person",
      "person_id, version, registered_at, changed_at, birth_date, sex, province, life_status,"
          + " marital_status, merged_into, document"),
  PERSON_EVENT(
      "person_event",
      "person_id, seq, event_id, type, role, occurred_on, recorded_at, supersedes, changes"),
  HOUSEHOLD_MEMBER("household_member", "household_id, person_id"),
  IDENTIFIER("identifier", "number, person_id");

  private final String table;
  private final String columns;

  PersonTable(String table, String columns) {
    this.table = table;
    this.columns = columns;
  }

  /** A parameterised insert of one row. */
  String insert() {
    String marks =
        Arrays.stream(columns.split(", ", -1))
            .map(column -> column.equals("document") || column.equals("changes") ? "?::json" : "?")
            .collect(Collectors.joining(", "));
    return "insert into " + table + " (" + columns + ") values (" + marks + ")";
  }

  /** A COPY of rows in text format. */
  public String copy() {
    return "copy " + table + " (" + columns + ") from stdin";
  }

  /** The row of a person as they are now. */
  public static @Nullable Object[] row(
      Person person, int version, Instant registeredAt, Instant changedAt) {
    return values(
        person.id(),
        version,
        at(registeredAt),
        at(changedAt),
        person.particulars().dateOfBirth().toString(),
        person.particulars().sex().code(),
        province(person),
        person.particulars().lifeStatus().code(),
        person.particulars().maritalStatus().code(),
        person.mergedInto(),
        PersonJson.write(person));
  }

  /** The row of an entry in a person's timeline. */
  public static @Nullable Object[] row(UUID personId, Timeline.Entry entry) {
    return values(
        personId,
        entry.seq(),
        entry.eventId(),
        entry.type(),
        entry.role(),
        entry.occurredOn().toString(),
        at(entry.recordedAt()),
        entry.supersedes(),
        PersonJson.write(entry.changes()));
  }

  /** The province of permanent residence. */
  public static @Nullable String province(Person person) {
    return person.particulars().residences().stream()
        .filter(residence -> residence.kind() == Residence.Kind.PERMANENT)
        .findFirst()
        .map(residence -> residence.place().province())
        .orElse(null);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Object[] values(@Nullable Object... values) {
    return values;
  }
}
