package org.mekong.registry.identifier.block;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;

/** {@code GET /admin/v1/identifier-blocks}. */
@Path("/admin/v1/identifier-blocks")
@Produces(MediaType.APPLICATION_JSON)
public class BlockResource {

  private static final int MOST = 100;
  private static final long ABOVE_ALL = 1_000_001;
  private static final Pattern POSITION = Pattern.compile("([0-9]{1,7}):([0-9]{0,20})");
  private static final String EXAMPLE =
      """
      {"blocks":[{"prefix":"079024","capacity":1000000,"given":91250,"share":0.09125,
        "countedAt":"2026-01-05T18:00:00Z"}],
       "next":"OTEyNTA6MDc5MDI0"}
      """;

  private final BlockCensus census;

  BlockResource(BlockCensus census) {
    this.census = census;
  }

  /**
   * Lists the blocks, fullest first, as they were counted last: all of them every few hours and
   * after a bulk load, crowded ones within minutes. Where a count comes between two pages, a block
   * may be seen twice or not.
   */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "List the blocks of personal numbers, the fullest first",
      description =
          "All numbers of the same place and year of birth and sex make a block. When one is full,"
              + " registrations with these facts are refused (409 number-block-exhausted) until the"
              + " nation's scheme gives them a wider one.")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "the fullest", value = EXAMPLE)))
  public BlockPage list(
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "20") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    int most = limit(limit);
    List<BlockCensus.Count> found =
        cursor == null
            ? census.fullest(ABOVE_ALL, "", most + 1)
            : after(position(cursor), most + 1);
    List<BlockCensus.Count> shown = found.stream().limit(most).toList();
    return new BlockPage(
        shown.stream().map(BlockPage.Item::of).toList(),
        found.size() > most ? cursor(shown.getLast()) : null);
  }

  private List<BlockCensus.Count> after(Matcher position, int limit) throws SQLException {
    return census.fullest(Long.parseLong(position.group(1)), position.group(2), limit);
  }

  private static String cursor(BlockCensus.Count last) {
    String position = last.share() + ":" + last.block().prefix();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.US_ASCII));
  }

  private static Matcher position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      Matcher matcher = POSITION.matcher(text);
      if (matcher.matches()) {
        return matcher;
      }
    } catch (IllegalArgumentException e) {
      // no Base64: no cursor either
    }
    throw Problem.invalid("cursor", "cursor", "is no cursor of this list");
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return 20;
    }
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }
}
