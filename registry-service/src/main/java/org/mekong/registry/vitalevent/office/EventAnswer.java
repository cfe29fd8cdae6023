package org.mekong.registry.vitalevent.office;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.reading.PersonTag;
import org.mekong.registry.vitalevent.book.Registration;

/**
 * The answer to an event that is registered, or that would be.
 *
 * @param id the event's key; absent where it was only tried
 * @param recordedAt when the register learnt of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventAnswer(
    @Nullable UUID id,
    String type,
    @Nullable Instant recordedAt,
    List<Touched> persons,
    List<Registration.Warning> warnings) {

  /**
   * One of those whom the event touches.
   *
   * @param version the person's version from now on
   * @param etag the ETag of the person's state from now on; none of a newcomer who was only tried
   * @param personalNumber the number that the person got by the event
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "TouchedPerson")
  public record Touched(
      @Nullable UUID personId,
      String role,
      int version,
      @Nullable String etag,
      @Nullable String personalNumber) {

    private static Touched of(Registration.Touched of, boolean known, @Nullable String number) {
      return new Touched(
          known ? of.personId() : null,
          of.role(),
          of.version(),
          known ? new PersonTag(of.personId(), of.version()).text() : null,
          number);
    }
  }

  static EventAnswer of(String type, Registration registration) {
    return new EventAnswer(
        registration.eventId(),
        type,
        registration.recordedAt(),
        registration.persons().stream()
            .map(person -> Touched.of(person, true, person.personalNumber()))
            .toList(),
        registration.warnings());
  }

  /** The answer to what was only tried: a newcomer has neither key nor number. */
  static EventAnswer tried(String type, Registration registration) {
    return new EventAnswer(
        null,
        type,
        null,
        registration.persons().stream()
            .map(person -> Touched.of(person, person.version() > 1, null))
            .toList(),
        registration.warnings());
  }
}
