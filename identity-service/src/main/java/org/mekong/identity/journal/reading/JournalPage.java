package org.mekong.identity.journal.reading;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of the journal, oldest first.
 *
 * @param origin the log
 * @param items index in the log and the entry as it stands there
 * @param next cursor of the next page; absent at the end
 */
public record JournalPage(String origin, List<Item> items, @Nullable String next) {
  public JournalPage {
    items = List.copyOf(items);
  }

  /** One entry with its place. */
  public record Item(
      long index, @Schema(example = "{\"kind\":\"token\"}") Map<String, Object> entry) {}
}
