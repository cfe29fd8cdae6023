package org.mekong.registry.bulk.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param state {@code uploaded}, {@code running}, {@code finished}, {@code failed} or {@code
 *     cancelled}
 * @param phase {@code check} while nothing is stored, {@code store} otherwise
 * @param bytes of the file, unpacked
 * @param rows in the file
 * @param read rows that were worked off in this phase, which are accepted or refused
 * @param rate rows a second, lately; of the whole import where it has ended
 * @param remainingSeconds until the phase is over, while it runs
 * @param problems where to get what is wrong with the refused rows
 * @param reason why it failed
 */
@Schema(name = "Import")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportView(
    UUID id,
    String state,
    String phase,
    String format,
    boolean dryRun,
    String onProblem,
    long bytes,
    long rows,
    long read,
    long accepted,
    long refused,
    @Nullable Long rate,
    @Nullable Long remainingSeconds,
    Instant createdAt,
    double seconds,
    String problems,
    @Nullable String reason) {

  static ImportView of(Import of, Chunks.Progress progress, Instant now) {
    Instant started = of.startedAt();
    Instant finished = of.finishedAt();
    long read = progress.accepted() + progress.refused();
    Instant end = finished == null ? now : finished;
    Instant begin = started == null ? of.createdAt() : started;
    double seconds = Duration.between(begin, end).toMillis() / 1000.0;
    double rate = rate(of, progress, read, now, seconds);
    boolean runs = of.state() == Import.State.RUNNING && rate >= 1;
    return new ImportView(
        of.id(),
        of.state().code(),
        of.storing() ? "store" : "check",
        of.format().code(),
        of.dryRun(),
        of.onProblem().code(),
        of.bytes(),
        of.rows(),
        read,
        progress.accepted(),
        progress.refused(),
        rate >= 1 ? Math.round(rate) : null,
        runs ? (long) Math.ceil((of.rows() - read) / rate) : null,
        of.createdAt(),
        seconds,
        "/admin/v1/imports/" + of.id() + "/problems",
        of.failure());
  }

  private static double rate(
      Import of, Chunks.Progress progress, long read, Instant now, double seconds) {
    if (of.finishedAt() != null) {
      return seconds > 0 ? read / seconds : 0;
    }
    Instant since = progress.since();
    double recently = since == null ? 0 : Duration.between(since, now).toMillis() / 1000.0;
    return recently > 0 ? progress.recent() / recently : 0;
  }
}
