package org.mekong.identity.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Role;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestNode;

/**
 * Sign-in and consent in a real Chromium without script, by keyboard alone, on a phone and on a
 * desk. What the pages looked like is in target/screenshots.
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class PagesInBrowserIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final int MOST_TABS = 20;
  private static final Locator.WaitForOptions GONE =
      new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

  private static Playwright playwright;
  private static Browser chromium;

  @TestHTTPResource("/")
  URI home;

  @BeforeAll
  static void launch() throws Exception {
    Path browser =
        BROWSERS.stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no Chromium: apt-get install chromium (.ci/run does it)"));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(browser)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void close() {
    chromium.close();
    playwright.close();
  }

  @ParameterizedTest
  @CsvSource({"vi, 360", "lo, 360", "en, 360", "vi, 1280", "lo, 1280", "en, 1280"})
  void signsInAndAllowsByKeyboardAlone(String language, int width) {
    TestApplication application = TestApplication.registered();
    TestAccount officer = TestAccount.officer(application.system().clientId(), Role.INQUIRER);
    String path =
        application.opened(
            "ui_locales",
            language,
            "scope",
            "openid offline_access lookup",
            "authorization_details",
            TestApplication.details());
    try (Visit visit = new Visit(width)) {
      Page page = visit.page;
      page.navigate(home.resolve(path).toString());
      visit.check("sign-in-" + language + "-" + width, language);

      tabTo(page, "login");
      page.keyboard().type(officer.login());
      page.keyboard().press("Enter");
      page.locator(".govuk-error-summary").waitFor();
      visit.check("sign-in-error-" + language + "-" + width, language);

      tabTo(page, "password");
      page.keyboard().type(TestAccount.PASSWORD);
      page.keyboard().press("Tab");
      page.keyboard().type(officer.code());
      page.keyboard().press("Enter");
      page.waitForURL("**/consent?**");
      visit.check("consent-" + language + "-" + width, language);

      tabTo(page, "allow");
      page.keyboard().press("Enter");
      page.waitForURL("https://portal.example/callback**");
      assertTrue(page.url().contains("code="), page::url);
      visit.assertNothingForeign();
    }
  }

  @Test
  void theLanguageIsSwitchedByKeyboardAndWhatWasTypedWrongIsSaidInIt() {
    TestApplication application = TestApplication.registered();
    try (Visit visit = new Visit(360)) {
      Page page = visit.page;
      page.navigate(home.resolve(application.opened("ui_locales", "vi")).toString());
      tabTo(page, "lo");
      page.keyboard().press("Enter");
      page.waitForURL("**lang=lo");
      tabTo(page, "login");
      page.keyboard().type("nobody");
      page.keyboard().press("Tab");
      page.keyboard().type("x");
      page.keyboard().press("Tab");
      page.keyboard().type("123456");
      page.keyboard().press("Enter");
      page.locator(".govuk-error-summary").waitFor();
      visit.check("sign-in-wrong-lo-360", "lo");
    }
  }

  @Test
  void turningBackLeadsToTheClientAndSoDoesTheRefusal() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    try (Visit visit = new Visit(360)) {
      Page page = visit.page;
      page.navigate(home.resolve(application.opened()).toString());
      tabTo(page, "cancel");
      page.keyboard().press("Enter");
      page.waitForURL("https://portal.example/callback**");
      assertTrue(page.url().contains("error=access_denied"), page::url);

      page.navigate(home.resolve(application.opened()).toString());
      tabTo(page, "login");
      page.keyboard().type(person.login());
      page.keyboard().press("Tab");
      page.keyboard().type(TestAccount.PASSWORD);
      page.keyboard().press("Tab");
      page.keyboard().type(person.code());
      page.keyboard().press("Enter");
      page.waitForURL("**/consent?**");
      tabTo(page, "deny");
      page.keyboard().press("Enter");
      page.waitForURL("https://portal.example/callback**");
      assertTrue(page.url().contains("error=access_denied"), page::url);
    }
  }

  @ParameterizedTest
  @CsvSource({"vi, 360", "lo, 360", "en, 1280"})
  void withdrawsWhatWasAllowedByKeyboardAlone(String language, int width) {
    TestApplication application = TestApplication.registered();
    TestAccount officer = TestAccount.officer(application.system().clientId(), Role.INQUIRER);
    try (Visit visit = new Visit(width)) {
      Page page = visit.page;
      page.navigate(
          home.resolve(
                  application.opened(
                      "scope",
                      "openid offline_access lookup",
                      "authorization_details",
                      TestApplication.details()))
              .toString());
      tabTo(page, "login");
      page.keyboard().type(officer.login());
      page.keyboard().press("Tab");
      page.keyboard().type(TestAccount.PASSWORD);
      page.keyboard().press("Tab");
      page.keyboard().type(officer.code());
      page.keyboard().press("Enter");
      page.waitForURL("**/consent?**");
      tabTo(page, "allow");
      page.keyboard().press("Enter");
      page.waitForURL("https://portal.example/callback**");

      page.navigate(home.resolve("/consents?lang=" + language).toString());
      visit.check("consents-" + language + "-" + width, language);
      tabTo(page, "withdraw");
      page.keyboard().press("Enter");
      page.locator(".govuk-notification-banner").waitFor();
      visit.check("consents-withdrawn-" + language + "-" + width, language);
      assertEquals(0, page.locator("main form").count());
      visit.assertNothingForeign();
    }
  }

  @ParameterizedTest
  @CsvSource({"vi, 360", "lo, 360", "en, 1280"})
  void activatesByKeyboardAlone(String language, int width) throws Exception {
    String[] halves = TestAccount.handed();
    try (Visit visit = new Visit(width)) {
      Page page = visit.page;
      page.navigate(home.resolve("/activate?lang=" + language).toString());
      visit.check("activate-" + language + "-" + width, language);
      tabTo(page, "first");
      page.keyboard().type(halves[0]);
      page.keyboard().press("Tab");
      page.keyboard().type(halves[1]);
      page.keyboard().press("Enter");
      page.locator(".mekong-qr").waitFor();
      visit.check("activate-secret-" + language + "-" + width, language);
      assertTrue(page.locator(".mekong-qr").boundingBox().width >= 200);

      tabTo(page, "otp");
      page.keyboard().type("1");
      page.keyboard().press("Enter");
      page.locator(".govuk-error-summary").waitFor();
      visit.check("activate-error-" + language + "-" + width, language);
      String secret = page.locator("#secret").innerText();
      tabTo(page, "otp");
      page.keyboard().type(TestAccount.codeOf(secret));
      page.keyboard().press("Tab");
      page.keyboard().type(TestAccount.PASSWORD);
      page.keyboard().press("Tab");
      page.keyboard().type(TestAccount.PASSWORD);
      page.keyboard().press("Enter");
      page.locator("main form").waitFor(GONE);
      visit.check("activate-done-" + language + "-" + width, language);
      visit.assertNothingForeign();
    }
  }

  @Test
  void aLinkThatDoesNotWorkIsExplained() {
    try (Visit visit = new Visit(360)) {
      visit.page.navigate(home.resolve("/authorize?client_id=x&request_uri=y").toString());
      visit.check("error-vi-360", "vi");
    }
  }

  /** Goes on by the Tab key until an element has the focus, known by id, value or language. */
  private static void tabTo(Page page, String wanted) {
    for (int i = 0; i < MOST_TABS; i++) {
      Object focused =
          page.locator(":focus").count() == 0
              ? ""
              : page.locator(":focus")
                  .evaluate("e => [e.id, e.value, e.getAttribute('hreflang')].join(' ')");
      if (List.of(focused.toString().split(" ")).contains(wanted)) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("the Tab key does not lead to " + wanted);
  }

  /** One person with one browser. */
  private final class Visit implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> foreign = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Visit(int width) {
      context =
          chromium.newContext(
              new Browser.NewContextOptions()
                  .setJavaScriptEnabled(false)
                  .setReducedMotion(ReducedMotion.REDUCE)
                  .setLocale("vi-VN")
                  .setViewportSize(width, 740));
      page = context.newPage();
      page.route(
          "https://portal.example/**",
          route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setBody("back")));
      page.onRequest(
          request -> {
            URI uri = URI.create(request.url());
            boolean ours = uri.getPort() == home.getPort();
            if (!ours && !"portal.example".equals(uri.getHost())) {
              foreign.add(request.url());
            }
          });
      page.onConsoleMessage(
          message -> {
            if (!message.text().contains("422")) { // of a form that was not filled in
              complaints.add(message.text());
            }
          });
    }

    /** Looks at the page: language, headings, labels, width. */
    void check(String name, String language) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SCREENSHOTS.resolve(name + ".png"))
              .setFullPage(true));
      assertEquals(language, page.locator("html").getAttribute("lang"));
      assertEquals(1, page.locator("h1").count());
      assertTrue(page.locator("h1").isVisible());
      for (var input : page.locator("input:not([type=hidden])").all()) {
        String id = input.getAttribute("id");
        assertEquals(1, page.locator("label[for=" + id + "]").count(), id);
        assertTrue(input.boundingBox().height >= 44, id);
      }
      for (var button : page.locator("button").all()) {
        assertTrue(button.boundingBox().height >= 44, button::innerText);
      }
      double width = page.locator("html").boundingBox().width;
      for (var element : page.locator("main *:visible").all()) {
        var box = element.boundingBox();
        assertTrue(box == null || box.x + box.width <= width + 0.5, name + " is wider than shown");
      }
    }

    void assertNothingForeign() {
      assertEquals(List.of(), foreign);
      assertEquals(List.of(), complaints);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
