package org.mekong.identity.page;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A form of a page of ours, as a browser sent it.
 *
 * @param fields each with its values
 */
public record PageForm(Map<String, List<String>> fields) {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Reads a form; what is none is empty. */
  public static PageForm read(HttpHeaders headers, byte[] body) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return new PageForm(
        type != null && type.startsWith(FORM)
            ? URLUtils.parseParameters(new String(body, StandardCharsets.UTF_8))
            : Map.of());
  }

  /** The value of a field; empty when there is none, or more than one. */
  public String field(String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    return values.size() == 1 ? values.getFirst() : "";
  }

  /** Whether the browser says that another site sent it (Fetch Metadata). */
  public static boolean isForeign(HttpHeaders headers) {
    String site = headers.getHeaderString("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin");
  }

  /** Names the fields alone: passwords are among the values. */
  @Override
  public String toString() {
    return "PageForm" + fields.keySet();
  }
}
