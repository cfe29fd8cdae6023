package org.mekong.gateway.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.testing.Surroundings;

/** Who opens the root finds what the gateway is, whom it talks to, and where to go on. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WelcomeIT {
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]*)\"");

  Surroundings around;

  @ParameterizedTest
  @CsvSource({
    "/,lo-LA;q=0.9,ປະຕູເຊື່ອມຕໍ່ລະຫວ່າງປະເທດ,ລາວ",
    "/,'vi,en;q=0.5',Cổng kết nối giữa các quốc gia,Lào",
    "/,de,Gateway between countries,Laos",
    "/?lang=vi,en,Cổng kết nối giữa các quốc gia,Lào",
    "/?lang=%3Cscript%3E,en,Gateway between countries,Laos",
  })
  void speaksTheReadersLanguageAndNamesThePeers(
      String path, String accepted, String title, String peer) throws Exception {
    HttpResponse<String> page = get(path, accepted);

    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<h1>" + title + "</h1>"), page.body());
    assertTrue(page.body().contains(": " + peer + "</p>"), page.body());
    assertFalse(page.body().contains("<script"));
    assertTrue(
        page.headers()
            .firstValue("Content-Security-Policy")
            .orElse("")
            .startsWith("default-src 'none'"));
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    Matcher links = LINK.matcher(get("/", "en").body());
    int found = 0;
    while (links.find()) {
      assertEquals(200, get(links.group(1), "en").statusCode(), links.group(1));
      found++;
    }
    assertTrue(found >= 10, "links: " + found);
  }

  private HttpResponse<String> get(String path, String accepted) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(around.anonymousContext())
        .build()
        .send(
            HttpRequest.newBuilder(around.gateway().resolve(path))
                .header("Accept-Language", accepted)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
