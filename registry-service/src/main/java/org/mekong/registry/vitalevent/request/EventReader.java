package org.mekong.registry.vitalevent.request;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;

/** Reads bodies of events in one nation. Thread-safe. */
public final class EventReader {

  private final NationProfile profile;

  /** A reader of a nation's requests. */
  public EventReader(NationProfile profile) {
    this.profile = profile;
  }

  /** An event and its circumstances. */
  public record Told(VitalEvent event, Circumstances circumstances) {}

  /**
   * Reads an event.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that cannot be read
   */
  public Told read(RegisterEvent body, LocalDate today) {
    DeclarationReader reader = reader();
    PartialDate occurredOn =
        body.circumstances() == null || body.circumstances().occurredOn() == null
            ? null
            : PartialDate.parse(body.circumstances().occurredOn()).orElse(null);
    VitalEvent event = body.read(new Members(reader, occurredOn));
    Circumstances circumstances = CircumstancesBody.read(body.circumstances(), today, reader);
    reader.violations().refuse();
    if (event == null || circumstances == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Told(event, circumstances);
  }

  /** Reads the circumstances of what takes an event back, and its reason. */
  public Told read(AnnulEvent body, UUID event, LocalDate today) {
    DeclarationReader reader = reader();
    String reason = reader.needText("reason", body.reason());
    Circumstances circumstances = CircumstancesBody.read(body.circumstances(), today, reader);
    reader.violations().refuse();
    if (reason == null || circumstances == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Told(new VitalEvent.EventAnnulment(event, reason), circumstances);
  }

  private DeclarationReader reader() {
    return new DeclarationReader(
        profile.nation().name(), profile.officialScript(), new Violations());
  }

  /**
   * What the members of an event are read with.
   *
   * @param occurredOn when the event occurred, where that can be read
   */
  record Members(DeclarationReader reader, @Nullable PartialDate occurredOn) {}
}
