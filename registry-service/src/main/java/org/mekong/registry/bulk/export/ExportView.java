package org.mekong.registry.bulk.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far an export is.
 *
 * @param state {@code open}, {@code finished} when the last page was given, or {@code expired}
 * @param given persons given so far
 * @param persons where to get them
 */
@Schema(name = "Export")
public record ExportView(
    UUID id,
    String state,
    String purpose,
    List<String> fields,
    long given,
    Instant createdAt,
    Instant expiresAt,
    String persons) {

  public ExportView {
    fields = List.copyOf(fields);
  }

  static ExportView of(Export of, Instant now) {
    String state = of.finished() ? "finished" : "open";
    return new ExportView(
        of.id(),
        now.isAfter(of.expiresAt()) ? "expired" : state,
        of.purpose(),
        of.fields(),
        of.given(),
        of.createdAt(),
        of.expiresAt(),
        "/v1/exports/" + of.id() + "/persons");
  }
}
