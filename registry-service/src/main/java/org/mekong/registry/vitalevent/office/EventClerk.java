package org.mekong.registry.vitalevent.office;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.PersonTag;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;
import org.mekong.registry.vitalevent.request.AnnulEvent;
import org.mekong.registry.vitalevent.request.EventReader;
import org.mekong.registry.vitalevent.request.RegisterEvent;

/** Takes what registrars bring, reads it, and has it registered once; or tries what would come. */
@ApplicationScoped
public class EventClerk {

  private final NationProfile profile;
  private final EventReader reader;
  private final EventRegistrar registrar;
  private final Operations operations;
  private final People people;
  private final ObjectMapper json;
  private final Clock clock;

  EventClerk(
      NationProfile profile,
      EventRegistrar registrar,
      Operations operations,
      People people,
      ObjectMapper json,
      Clock clock) {
    this.profile = profile;
    this.reader = new EventReader(profile);
    this.registrar = registrar;
    this.operations = operations;
    this.people = people;
    this.json = json;
    this.clock = clock;
  }

  /** Registers an event; tries it, where there is no key. */
  Outcome register(@Nullable OperationKey key, RegisterEvent body) throws SQLException {
    EventReader.Told told = read(body);
    return carryOut(key, operations.digest("event", body), told);
  }

  /**
   * Registers an event on a person whom somebody has looked at before; tries it, where there is no
   * key.
   *
   * @param seen what {@code If-Match} names
   * @throws HttpProblem 412 when the person is not any more as they were seen
   */
  Outcome register(@Nullable OperationKey key, UUID person, String seen, RegisterEvent body)
      throws SQLException {
    EventReader.Told told = read(body);
    boolean tried = key == null;
    Operations.Work work =
        transaction -> {
          requireSeen(transaction, person, seen);
          return answer(transaction, told, tried, person);
        };
    return key == null
        ? operations.tried(work)
        : operations.once(key, operations.digest("event", person, body), work);
  }

  private void requireSeen(Connection transaction, UUID person, String seen) throws SQLException {
    int version =
        people
            .hold(transaction, person)
            .orElseThrow(() -> Problem.NO_SUCH_PERSON.because("The register has no such person."));
    if (!new PersonTag(person, version).matches(seen)) {
      throw Problem.PRECONDITION_FAILED.because(
          "Something was recorded on the person after the state that If-Match names, or it names"
              + " another person.");
    }
  }

  /** Registers what replaces an event; tries it, where there is no key. */
  Outcome correct(@Nullable OperationKey key, UUID event, RegisterEvent body) throws SQLException {
    EventReader.Told told = read(body);
    VitalEvent correction = new VitalEvent.Correction(event, told.event());
    return carryOut(
        key,
        operations.digest("correction", event, body),
        new EventReader.Told(correction, told.circumstances()));
  }

  /** Registers that an event holds no longer; tries it, where there is no key. */
  Outcome annul(@Nullable OperationKey key, UUID event, AnnulEvent body) throws SQLException {
    EventReader.Told told = reader.read(body, event, today());
    return carryOut(key, operations.digest("annulment", event, body), told);
  }

  private EventReader.Told read(RegisterEvent body) {
    return NestedMembers.named(body, () -> reader.read(body, today()));
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(profile.zone()));
  }

  private Outcome carryOut(@Nullable OperationKey key, byte[] digest, EventReader.Told told)
      throws SQLException {
    boolean tried = key == null;
    Operations.Work work = transaction -> answer(transaction, told, tried, null);
    return key == null ? operations.tried(work) : operations.once(key, digest, work);
  }

  /**
   * Registers.
   *
   * @param on somebody whom the event has to touch
   */
  private Outcome answer(
      Connection transaction, EventReader.Told told, boolean tried, @Nullable UUID on)
      throws SQLException {
    try {
      Registration registration =
          registrar.register(transaction, told.event(), told.circumstances());
      if (on != null && registration.persons().stream().noneMatch(p -> p.personId().equals(on))) {
        throw Problem.invalid("id", "touched", "names somebody whom the event does not touch");
      }
      String type = told.event().type();
      return new Outcome(
          tried ? 200 : 201,
          URI.create("/v1/events/" + registration.eventId()),
          json.writeValueAsString(
              tried ? EventAnswer.tried(type, registration) : EventAnswer.of(type, registration)));
    } catch (HttpProblem refused) {
      throw NestedMembers.named(told.event(), refused);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
