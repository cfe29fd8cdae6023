package org.mekong.identity.journal.reading;

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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;
import org.mekong.log.TransparencyLog;

/** The journal, read from the log itself. */
@Path("/admin/v1/journal")
@RunOnVirtualThread
@RequiresScope({"identity.admin", "identity.audit"})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class JournalResource {
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};
  private static final int MOST_BUNDLES = 32;
  private static final String PAGE =
      """
      {"origin": "vn.mekong.example/identity/2026", "items": [{"index": 4711, "entry":
        {"version": 1, "kind": "admin", "act": "client_suspended", "client": "vn-quang-tri-desk",
         "administrator": "mekong-administrator", "status": "suspended",
         "request_id": "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40", "time": "2026-11-21T09:30:00Z"}}],
       "next": "NDcxMg"}
      """;
  private final Journal journal;
  private final ObjectMapper json;

  JournalResource(Journal journal, ObjectMapper json) {
    this.journal = journal;
    this.json = json;
  }

  @GET
  @Operation(
      summary = "What was issued, refused and administered, oldest first",
      description =
          "With filters a page may be short, or empty, though more follows: go on while there is"
              + " a next. Several thousand entries are looked through for a page.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = JournalPage.class),
              examples = @ExampleObject(name = "one entry", value = PAGE)))
  public JournalPage list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") String limit,
      @Parameter(description = "of which year's log; this year's when absent", example = "2026")
          @QueryParam("year")
          @DefaultValue("")
          String year,
      @Parameter(description = "token, admin …", example = "admin") @QueryParam("kind")
          @Nullable String kind,
      @Parameter(example = "client_registered") @QueryParam("act") @Nullable String act,
      @Parameter(example = "vn-quang-tri-desk") @QueryParam("client") @Nullable String client,
      @Parameter(example = "vn-quang-tri-civil-registry") @QueryParam("agency")
          @Nullable String agency,
      @Parameter(example = "mekong-administrator") @QueryParam("administrator")
          @Nullable String administrator,
      @Parameter(example = "2026-11-21T00:00:00Z") @QueryParam("from") @Nullable String from,
      @Parameter(description = "exclusive", example = "2026-12-01T00:00:00Z") @QueryParam("until")
          @Nullable String until) {
    int most = Listing.limit(limit);
    JournalFilter filter =
        new JournalFilter()
            .with("kind", kind)
            .with("act", act)
            .with("client", client)
            .with("agency", agency)
            .with("administrator", administrator)
            .from(from)
            .until(until);
    return page(log(year), Listing.number(cursor), most, filter);
  }

  private JournalPage page(TransparencyLog log, long start, int most, JournalFilter filter) {
    List<JournalPage.Item> items = new ArrayList<>();
    long index = start;
    for (int bundles = 0; bundles < MOST_BUNDLES && items.size() < most; bundles++) {
      List<byte[]> entries = journal.entriesFrom(log, index);
      if (entries.isEmpty()) {
        break;
      }
      for (byte[] bytes : entries) {
        if (items.size() == most) {
          break;
        }
        Map<String, Object> entry = read(bytes);
        if (filter.wants(entry)) {
          items.add(new JournalPage.Item(index, entry));
        }
        index++;
      }
    }
    String next = index == start ? null : Listing.cursor(Long.toString(index));
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
