package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mekong.client.SampleCitizen;

/**
 * An invented citizen signs in to their country's portal through the pages of the identity-service,
 * in a real Chromium without script and by keyboard, and out again. What the portal looked like is
 * in target/screenshots.
 */
class PortalIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int MOST_TABS = 20;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    RunningPlatform.shared();
    chromium = Chromium.launch();
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @Test
  void citizensStandInAFileThatItsOwnerAloneReads() throws Exception {
    for (String nation : List.of("VN", "LA")) {
      Path file = SampleCitizen.file(RunningPlatform.DATA, nation);

      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals(2, SampleCitizen.read(file).size());
    }
    CommandLine shown = CommandLine.mekong("", "citizens", "--nation", "LA");
    assertEquals(0, shown.exitCode());
    SampleCitizen first =
        SampleCitizen.read(SampleCitizen.file(RunningPlatform.DATA, "LA")).getFirst();
    assertTrue(shown.output().contains(first.personalNumber()), shown::output);
    assertFalse(shown.output().contains(first.totpSecret()));
  }

  @Test
  void signsInAndOutInVietNam() throws Exception {
    signsInAndOut("VN", 14, "vi", 1280);
  }

  @Test
  void signsInAndOutInLaos() throws Exception {
    signsInAndOut("LA", 114, "lo", 360);
  }

  private static void signsInAndOut(String nation, int port, String language, int width)
      throws Exception {
    URI portal = URI.create("https://localhost:" + (RunningPlatform.BASE_PORT + port) + "/");
    SampleCitizen citizen =
        SampleCitizen.read(SampleCitizen.file(RunningPlatform.DATA, nation)).getFirst();
    try (BrowserContext context = context(width)) {
      Page page = context.newPage();
      List<String> foreign = new ArrayList<>();
      page.onRequest(
          request -> {
            if (!"localhost".equals(URI.create(request.url()).getHost())) {
              foreign.add(request.url());
            }
          });
      page.navigate(portal + "?lang=" + language);
      check(page, "portal-welcome-" + nation, language, width);
      signIn(page, portal, citizen, language, Instant.now());
      consent(page);
      page.waitForURL(portal + "?lang=" + language);

      String idToken = page.locator("#id-token").innerText();
      assertTrue(idToken.contains("urn:mekong:loa:substantial"), idToken);
      assertTrue(idToken.contains("auth_time"), idToken);
      assertTrue(page.locator("#userinfo").innerText().contains("citizen"));
      assertFalse(page.content().contains(citizen.personalNumber()));
      for (String each : List.of("vi", "lo", "en")) {
        for (int wide : List.of(360, 1280)) {
          page.setViewportSize(wide, 740);
          page.navigate(portal + "?lang=" + each);
          check(page, "portal-signed-in-" + nation, each, wide);
        }
      }

      signOutOfTheIdentityService(context, portal);
      awaitSignedOut(page);
      signIn(page, portal, citizen, language, Instant.now().plusSeconds(30));
      page.waitForURL(portal + "?lang=" + language); // what was allowed is not asked again
      signOut(page, portal, nation, language);
      assertEquals(List.of(), foreign);
    }
  }

  private static void signIn(
      Page page, URI portal, SampleCitizen citizen, String language, Instant codeOf) {
    page.navigate(portal + "?lang=" + language);
    tabTo(page, "sign-in");
    page.keyboard().press("Enter");
    page.waitForURL("**/sign-in?interaction**");
    assertEquals(language, page.locator("html").getAttribute("lang"));
    tabTo(page, "login");
    page.keyboard().type(citizen.personalNumber());
    page.keyboard().press("Tab");
    page.keyboard().type(citizen.password());
    page.keyboard().press("Tab");
    page.keyboard().type(citizen.oneTimeCode(codeOf));
    page.keyboard().press("Enter");
  }

  private static void consent(Page page) {
    page.waitForURL("**/consent?**");
    tabTo(page, "allow");
    page.keyboard().press("Enter");
  }

  /** In another window, at the identity-service itself, which tells the application. */
  private static void signOutOfTheIdentityService(BrowserContext context, URI portal) {
    Page page = context.newPage();
    int port = portal.getPort() - 3; // of the identity-service beside it
    page.navigate("https://localhost:" + port + "/logout?lang=en");
    tabTo(page, "sign-out");
    page.keyboard().press("Enter");
    page.locator("h1:has-text('You are signed out')").waitFor();
    page.close();
  }

  private static void awaitSignedOut(Page page) throws InterruptedException {
    for (int i = 0; i < 40; i++) {
      page.reload();
      if (page.locator("#id-token").count() == 0) {
        return;
      }
      Thread.sleep(250);
    }
    throw new AssertionError("the application is not told that the session is over");
  }

  /** At the application, which takes the person to the identity-service and gets them back. */
  private static void signOut(Page page, URI portal, String nation, String language) {
    int width = page.viewportSize().width;
    tabTo(page, "sign-out");
    page.keyboard().press("Enter");
    page.waitForURL(portal + "signed-out**");
    check(page, "portal-signed-out-" + nation, language, width);
    tabTo(page, "sign-in");
    page.keyboard().press("Enter");
    page.waitForURL("**/sign-in?interaction**"); // who it is is asked again
    tabTo(page, "cancel");
    page.keyboard().press("Enter");
    page.waitForURL(portal + "callback**");
    check(page, "portal-denied-" + nation, language, width);
  }

  private static BrowserContext context(int width) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setJavaScriptEnabled(false)
                .setIgnoreHTTPSErrors(true)
                .setLocale("vi-VN")
                .setViewportSize(width, 740));
  }

  /** Looks at a page: language, one heading, nothing wider than the screen. */
  private static void check(Page page, String name, String language, int width) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + "-" + language + "-" + width + ".png"))
            .setFullPage(true));
    assertEquals(language, page.locator("html").getAttribute("lang"));
    assertEquals(1, page.locator("h1").count());
    for (var element : page.locator("main *:visible").all()) {
      var box = element.boundingBox();
      assertTrue(box == null || box.x + box.width <= width + 0.5, name + " is wider than shown");
    }
  }

  private static void tabTo(Page page, String wanted) {
    for (int i = 0; i < MOST_TABS; i++) {
      Object focused =
          page.locator(":focus").count() == 0
              ? ""
              : page.locator(":focus").evaluate("e => [e.id, e.value].join(' ')");
      if (List.of(focused.toString().split(" ")).contains(wanted)) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("the Tab key does not lead to " + wanted);
  }
}
