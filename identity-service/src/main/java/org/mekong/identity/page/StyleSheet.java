package org.mekong.identity.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Properties;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mekong.identity.Secrets;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;

/**
 * The style sheet of the pages in one piece: GOV.UK Frontend without its letters, which are not
 * ours to use, then our own. Its name changes with its content, so that browsers may keep it.
 */
@Path("/styles")
@RequiresScope(RequiresScope.ANYBODY)
public class StyleSheet {
  private static final String LETTERS =
      "\"Noto Sans\",\"Noto Sans Lao\",\"Noto Sans Lao Looped\",\"Lao UI\",\"Leelawadee UI\","
          + "system-ui,sans-serif";
  private static final String SHEET = sheet();
  private static final String NAME = HexFormat.of().formatHex(Secrets.digest(SHEET), 0, 8) + ".css";

  /** Where it is. */
  static final String PATH = "/styles/" + NAME;

  @GET
  @Path("/{name}")
  @Operation(hidden = true)
  public Response read(@PathParam("name") String name) {
    if (!name.equals(NAME)) {
      throw Problem.NOT_FOUND.because("There is no such style sheet.");
    }
    return Response.ok(SHEET, "text/css;charset=UTF-8")
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .build();
  }

  private static String sheet() {
    Properties descriptor = new Properties();
    try {
      descriptor.load(
          new StringReader(text("META-INF/maven/org.webjars.npm/govuk-frontend/pom.properties")));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    String frontend =
        text("META-INF/resources/webjars/govuk-frontend/"
                + descriptor.getProperty("version")
                + "/dist/govuk/govuk-frontend.min.css")
            .replaceAll("@font-face\\{[^}]*\\}", "")
            .replaceAll("url\\(/assets/[^)]*\\)", "none")
            .replace("GDS Transport,arial,sans-serif", LETTERS);
    return frontend + "\n" + text("pages/pages.css");
  }

  private static String text(String resource) {
    try (InputStream stream = StyleSheet.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is not in this build");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
