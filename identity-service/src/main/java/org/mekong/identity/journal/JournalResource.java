package org.mekong.identity.journal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.log.TransparencyLog;

/** The journal, read from the log itself. */
@Path("/admin/v1/journal")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class JournalResource {
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};
  private final Journal journal;
  private final ObjectMapper json;

  JournalResource(Journal journal, ObjectMapper json) {
    this.journal = journal;
    this.json = json;
  }

  @GET
  @Operation(summary = "What was issued, refused and administered, oldest first")
  public JournalPage list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") String limit,
      @Parameter(description = "of which year's log; this year's when absent", example = "2026")
          @QueryParam("year")
          @DefaultValue("")
          String year) {
    int most = Listing.limit(limit);
    long index = Listing.number(cursor);
    TransparencyLog log = log(year);
    List<byte[]> entries = journal.entriesFrom(log, index);
    List<JournalPage.Item> items = new ArrayList<>();
    for (byte[] entry : entries.subList(0, Math.min(most, entries.size()))) {
      items.add(new JournalPage.Item(index + items.size(), read(entry)));
    }
    String next = items.isEmpty() ? null : Listing.cursor(Long.toString(index + items.size()));
    return new JournalPage(log.origin(), items, next);
  }

  private TransparencyLog log(String year) {
    if (year.isEmpty()) {
      return journal.log().current();
    }
    return Optional.of(year)
        .filter(text -> text.matches("[0-9]{4}"))
        .flatMap(text -> journal.log().ofYear(Integer.parseInt(text)))
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no log of that year here."));
  }

  private Map<String, Object> read(byte[] entry) {
    try {
      return json.readValue(entry, MEMBERS);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an entry of our own", impossible);
    }
  }
}
