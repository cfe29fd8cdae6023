package org.mekong.registry.bulk.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.BulkConfig;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.reading.PersonReader;

/** Gives many persons out, page by page, each disclosed in the transaction that reads it. */
@ApplicationScoped
class ExportDesk {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Exports exports;
  private final People people;
  private final PersonReader reader;
  private final DisclosureDesk desk;
  private final Operations operations;
  private final DataSource database;
  private final NationProfile profile;
  private final BulkConfig config;
  private final ObjectMapper json;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();

  ExportDesk(
      Exports exports,
      People people,
      PersonReader reader,
      DisclosureDesk desk,
      Operations operations,
      DataSource database,
      NationProfile profile,
      BulkConfig config,
      ObjectMapper json,
      Clock clock) {
    this.exports = exports;
    this.people = people;
    this.reader = reader;
    this.desk = desk;
    this.operations = operations;
    this.database = database;
    this.profile = profile;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Starts an export once for a key.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when it may not be asked for
   */
  Outcome start(String caller, @Nullable String header, StartExport body) throws SQLException {
    String purpose = body.purpose();
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    Violations violations = new Violations();
    Filter filter = Filter.of(body, profile, violations);
    violations.refuse();
    Set<PersonField> fields = ask(purpose, body.fields(), body.legalBasis()).fields();
    OperationKey key = OperationKey.of(caller, header); // a dry call has ended before, without one
    return operations.once(
        key,
        operations.digest("export", body),
        transaction -> {
          Instant now = clock.instant();
          Export of =
              new Export(
                  UuidV7.of(now.toEpochMilli(), random),
                  key.caller(),
                  purpose,
                  body.legalBasis(),
                  fields.stream().map(PersonField::code).toList(),
                  filter,
                  0,
                  false,
                  now,
                  now.plus(config.exportLife()));
          exports.add(transaction, of);
          return new Outcome(201, URI.create("/v1/exports/" + of.id()), write(of));
        });
  }

  /** A question for as many of the fields as are granted; for none it is refused. */
  private Asked ask(
      String purpose, @Nullable List<@Nullable String> names, @Nullable String legalBasis) {
    Set<PersonField> fields = reader.grantedFields(purpose, PersonReader.fields(names));
    Enquiry enquiry = reader.admit(purpose, fields, legalBasis, null);
    if (fields.isEmpty()) {
      throw Problem.PURPOSE_NOT_GRANTED.because(
          "None of these fields is granted for the purpose.", "grant/" + purpose + "/read");
    }
    return new Asked(fields, enquiry);
  }

  private record Asked(Set<PersonField> fields, Enquiry enquiry) {}

  private String write(Export of) {
    try {
      return json.writeValueAsString(ExportView.of(of, clock.instant()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How far an export of a caller is. */
  ExportView view(String id, String caller) throws SQLException {
    return ExportView.of(find(id, caller), clock.instant());
  }

  private Export find(String id, String caller) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Optional<Export> found =
          UUID_TEXT.matcher(id).matches()
              ? exports.find(connection, UUID.fromString(id))
              : Optional.empty();
      return found
          .filter(of -> of.caller().equals(caller))
          .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such export."));
    }
  }

  /**
   * A page of an export.
   *
   * @param persons members by the names of fields, by key
   * @param next where to go on; nothing behind the last page
   */
  record Page(
      Map<UUID, Map<String, Object>> persons, Set<PersonField> fields, @Nullable UUID next) {}

  /**
   * Reads a page, records of each person that they were given, and gives it. What the token of this
   * request does not grant any more is left out, as are protected persons.
   */
  Page page(String id, String caller, UUID position, int limit) throws SQLException {
    Export of = find(id, caller);
    if (clock.instant().isAfter(of.expiresAt())) {
      throw Problem.CONFLICT.because("The export has expired; start another.");
    }
    Asked asked = ask(of.purpose(), List.copyOf(of.fields()), of.legalBasis());
    Set<PersonField> fields = asked.fields();
    Exports.Slice slice;
    Map<UUID, Person> found;
    try (Connection connection = database.getConnection()) {
      slice = exports.after(connection, of.filter(), position, limit);
      found = visible(connection, slice.ids());
    }
    return found.isEmpty()
        ? empty(of, fields, slice)
        : desk.give(asked.enquiry(), transaction -> read(transaction, of, fields, slice)).answer();
  }

  private Page empty(Export of, Set<PersonField> fields, Exports.Slice slice) throws SQLException {
    try (Connection connection = database.getConnection()) {
      exports.gave(connection, of.id(), 0, slice.next(), slice.next() == null);
    }
    return new Page(Map.of(), fields, slice.next());
  }

  private Finding<Page> read(
      Connection transaction, Export of, Set<PersonField> fields, Exports.Slice slice)
      throws SQLException {
    Map<UUID, Map<String, Object>> persons = new LinkedHashMap<>();
    visible(transaction, slice.ids())
        .forEach(
            (id, person) -> persons.put(id, reader.members(person, fields, PersonField::member)));
    exports.gave(transaction, of.id(), persons.size(), slice.next(), slice.next() == null);
    return new Finding<>(
        new Page(persons, fields, slice.next()),
        !persons.isEmpty(),
        persons.isEmpty() ? List.of(UUID.randomUUID()) : List.copyOf(persons.keySet()));
  }

  /** Those of them who may be seen, in their order. */
  private Map<UUID, Person> visible(Connection transaction, List<UUID> ids) throws SQLException {
    Map<UUID, Person> found = people.find(transaction, ids);
    Map<UUID, Person> visible = new LinkedHashMap<>();
    for (UUID id : ids) {
      Person person = found.get(id);
      if (person != null && !person.particulars().withheld() && person.mergedInto() == null) {
        visible.put(id, person);
      }
    }
    return visible;
  }
}
