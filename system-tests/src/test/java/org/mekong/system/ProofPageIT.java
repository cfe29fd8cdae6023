package org.mekong.system;

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
import java.util.List;
import java.util.Map;
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

      assertTrue(
          requests.stream().allMatch(each -> each.equals("GET " + page)), requests::toString);
      assertEquals(1, requests.size(), requests::toString);
    }
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
