package org.mekong.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The page that verifies a proof file in the browser, in a real Chromium. */
class ProofPageIT {
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  @Test
  void verifiesAReceiptAndRefusesItWithOneByteChangedWithoutSendingItAnywhere() throws Exception {
    RunningPlatform.shared();
    Path browser =
        BROWSERS.stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no Chromium: apt-get install chromium (.ci/run does it)"));
    String receipt = Files.readString(RunningPlatform.DATA.resolve("receipts/latest.tlog-proof"));
    String policy = Files.readString(RunningPlatform.DATA.resolve("VN/clients/policy.txt"));
    URI page = URI.create("https://localhost:" + (RunningPlatform.BASE_PORT + 13) + "/verify.html");
    Playwright.CreateOptions quiet =
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    try (Playwright playwright = Playwright.create(quiet);
        Browser chromium =
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
                                "--disable-sync")))) {
      Page shown = chromium.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
      List<String> requests = new ArrayList<>();
      shown.onRequest(request -> requests.add(request.method() + " " + request.url()));
      shown.navigate(page.toString());
      shown.locator("#policy").fill(policy);
      shown.locator("#proof").fill(receipt);
      shown.locator("#check").click();
      shown.locator("#result.good").waitFor();

      shown.locator("#proof").fill(oneByteChanged(receipt));
      shown.locator("#check").click();
      shown.locator("#result.bad").waitFor();

      String about = "0190f3c4-5a10-7b21-8c43-5d6e7f809101";
      assertEquals(about, opened(shown, about, about));
      assertEquals("opening", opened(shown, about, about.replace('0', '1')));
      shown.locator("#proof").fill(withAForgedOpening(receipt));
      shown.locator("#check").click();
      shown.locator("#result.bad").waitFor();

      assertTrue(
          requests.stream().allMatch(each -> each.equals("GET " + page)), requests::toString);
      assertEquals(1, requests.size(), requests::toString);
    }
  }

  /** What the page says of an entry about somebody, and of an opening for somebody. */
  private static Object opened(Page page, String about, String claimed) throws Exception {
    byte[] key = new byte[32];
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String commitment = base64.encodeToString(mac.doFinal((about + "r-1").getBytes(UTF_8)));
    return page.evaluate(
        "([opening, entry]) => verifyOpening(opening, utf8(entry)).catch(e => e.message)",
        List.of(
            Map.of("commitment", commitment, "key", base64.encodeToString(key), "subject", claimed),
            "{\"subject\":\"%s\",\"request_id\":\"r-1\"}".formatted(commitment)));
  }

  private static String withAForgedOpening(String receipt) {
    return "{\"version\":1,\"proof\":\"%s\",\"opening\":{\"commitment\":\"x\",\"key\":\"x\",\"subject\":\"x\"}}"
        .formatted(receipt.replace("\n", "\\n"));
  }

  private static String oneByteChanged(String receipt) {
    List<String> lines = new ArrayList<>(receipt.lines().toList());
    int root = lines.size() - 3;
    String line = lines.get(root);
    char other = line.charAt(0) == 'A' ? 'B' : 'A';
    lines.set(root, other + line.substring(1));
    assertFalse(lines.get(root).equals(line));
    return String.join("\n", lines) + "\n";
  }
}
