package org.mekong.registry.welcome;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class WelcomeIT {

  TestSetting setting;

  @ParameterizedTest
  @CsvSource({
    "/,lo-LA;q=0.9,ທະບຽນພົນລະເມືອງ",
    "/,'vi,en;q=0.5',Cơ sở dữ liệu dân cư",
    "/,de,Population register",
    "/?lang=vi,en,Cơ sở dữ liệu dân cư",
    "/?lang=<script>,en,Population register",
  })
  void speaksTheReadersLanguage(String path, String accepted, String title) {
    new RegistryClient(setting)
        .open()
        .header("Accept-Language", accepted)
        .accept("text/html")
        .get(path.replace("<", "%3C").replace(">", "%3E"))
        .then()
        .statusCode(200)
        .contentType("text/html")
        .body(containsString("<h1>" + title + "</h1>"));
  }

  @Test
  void everyLinkLeadsSomewhere() {
    RegistryClient client = new RegistryClient(setting);
    String page = client.open().accept("text/html").get("/").asString();
    var links = java.util.regex.Pattern.compile("href=\"(/[^\"]*)\"").matcher(page);
    while (links.find()) {
      assertEquals(
          200, client.open().accept("*/*").get(links.group(1)).statusCode(), links.group(1));
    }
  }
}
