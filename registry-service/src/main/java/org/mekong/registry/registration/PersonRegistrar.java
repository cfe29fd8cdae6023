package org.mekong.registry.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/** Enters persons into the register as they declare themselves. */
@ApplicationScoped
public class PersonRegistrar {

  private final NationProfile profile;
  private final PersonRules rules;
  private final EventRegistrar events;
  private final Operations operations;
  private final ObjectMapper json;
  private final Clock clock;

  PersonRegistrar(
      NationProfile profile,
      PersonRules rules,
      EventRegistrar events,
      Operations operations,
      ObjectMapper json,
      Clock clock) {
    this.profile = profile;
    this.rules = rules;
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
    Particulars particulars = request.read(profile.nation().name(), profile.officialScript());
    List<Violation> violations = rules.check(particulars);
    if (!violations.isEmpty()) {
      throw Problem.invalid(violations);
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
        key, digest(request), transaction -> add(transaction, particulars, circumstances));
  }

  private Outcome add(Connection transaction, Particulars particulars, Circumstances circumstances)
      throws SQLException {
    Registration registration =
        events.register(
            transaction, new VitalEvent.FirstRegistration(particulars, List.of()), circumstances);
    Registration.Touched person = registration.persons().getFirst();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", person.personId());
    body.put("personalNumber", person.personalNumber());
    body.put("eventId", registration.eventId());
    try {
      return new Outcome(
          201, URI.create("/v1/persons/" + person.personId()), json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] digest(RegisterPerson request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
