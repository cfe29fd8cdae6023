package org.mekong.registry.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.person.declaration.RegisterPerson;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/** Enters persons into the register as they declare themselves. */
@ApplicationScoped
public class PersonRegistrar {

  private final NationProfile profile;
  private final EventRegistrar events;
  private final Operations operations;
  private final ObjectMapper json;
  private final Clock clock;

  PersonRegistrar(
      NationProfile profile,
      EventRegistrar events,
      Operations operations,
      ObjectMapper json,
      Clock clock) {
    this.profile = profile;
    this.events = events;
    this.operations = operations;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Registers a person once for a key: gives them a number and a key of the register. What is
   * declared is taken to hold since their birth, until an event says otherwise.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when a rule is broken
   */
  public Outcome register(OperationKey key, RegisterPerson request) throws SQLException {
    Violations violations = new Violations();
    DeclarationReader reader =
        new DeclarationReader(profile.nation().name(), profile.officialScript(), violations);
    Particulars particulars = request.read("", null, reader);
    List<String> numbers = request.readEarlierNumbers("", reader);
    violations.refuse();
    if (particulars == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    Circumstances circumstances =
        new Circumstances(
            particulars.dateOfBirth(),
            LocalDate.now(clock.withZone(profile.zone())),
            null,
            key.caller(),
            key.caller(),
            new Circumstances.LegalDocument("declaration", key.key(), null, null));
    return operations.once(
        key,
        operations.digest(request),
        transaction ->
            add(
                transaction,
                new VitalEvent.FirstRegistration(particulars, numbers),
                circumstances));
  }

  private Outcome add(
      Connection transaction, VitalEvent.FirstRegistration event, Circumstances circumstances)
      throws SQLException {
    Registration registration = events.register(transaction, event, circumstances);
    Registration.Touched person = registration.persons().getFirst();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", person.personId());
    body.put("personalNumber", person.personalNumber());
    body.put("eventId", registration.eventId());
    if (!registration.warnings().isEmpty()) {
      body.put("warnings", registration.warnings());
    }
    try {
      return new Outcome(
          201, URI.create("/v1/persons/" + person.personId()), json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
