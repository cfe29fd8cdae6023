package org.mekong.registry.statistics.release;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mekong.registry.statistics.count.Months;

/** What is published, in short. */
public record ReleaseView(
    @Schema(examples = "2026-01") String release, int edition, Instant releasedAt) {

  static ReleaseView of(Release release) {
    return new ReleaseView(
        Months.yearMonth(release.month()).toString(), release.edition(), release.madeAt());
  }
}
