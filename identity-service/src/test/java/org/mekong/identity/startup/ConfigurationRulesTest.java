package org.mekong.identity.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops a start, by the property that is named. */
class ConfigurationRulesTest {
  private static final URI ISSUER = URI.create("https://id.gov.vn");
  private static final List<String> AUDIENCES = List.of("https://id.gov.vn", "https://gw.gov.vn");

  @TempDir Path folder;
  private Path key;

  @BeforeEach
  void writeKey() throws IOException {
    key = Files.writeString(folder.resolve("key"), "x");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void acceptsAProperConfiguration() {
    assertEquals(List.of(), faults(ISSUER, AUDIENCES, "disabled", false, key, false));
    assertEquals(List.of(), ConfigurationRules.always("LA", ISSUER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://id.gov.vn", "https://localhost:8111", "https://127.0.0.1:8111"})
  void refusesIssuer(String issuer) {
    assertNames(
        "identity.issuer", faults(URI.create(issuer), AUDIENCES, "disabled", false, key, false));
  }

  @Test
  void refusesResourceByHttp() {
    assertNames(
        "identity.resources",
        faults(ISSUER, List.of("http://gw.gov.vn"), "disabled", false, key, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled", "redirect"})
  void refusesPlainHttp(String plain) {
    assertNames(
        "quarkus.http.insecure-requests", faults(ISSUER, AUDIENCES, plain, false, key, false));
  }

  @Test
  void refusesGeneratedKeysOpenFilesAndPowerfulRoles() throws IOException {
    assertNames(
        "identity.log.generate-key", faults(ISSUER, AUDIENCES, "disabled", true, key, false));
    assertNames(
        "quarkus.datasource.username", faults(ISSUER, AUDIENCES, "disabled", false, key, true));
    Path open = Files.writeString(folder.resolve("open"), "x");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    List<String> faults = faults(ISSUER, AUDIENCES, "disabled", false, open, false);
    assertEquals(2, faults.size());
    assertTrue(faults.get(0).startsWith("identity.key.encryption-key-file"));
    assertTrue(faults.get(1).startsWith("identity.log.key-file"));
  }

  @Test
  void refusesALogThatNobodyWitnesses() {
    assertNames(
        "identity.witness.policy-file",
        ConfigurationRules.production(
            new ConfigurationRules.Settings(
                ISSUER, AUDIENCES, "disabled", false, key, key, false, false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.gov.vn/",
        "https://id.gov.vn?x",
        "https://id.gov.vn#x",
        "https://a@id.gov.vn",
        "id"
      })
  void refusesIssuerEverywhere(String issuer) {
    assertNames("identity.issuer", ConfigurationRules.always("VN", URI.create(issuer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vn", "VNM", ""})
  void refusesNation(String nation) {
    assertNames("mekong.nation", ConfigurationRules.always(nation, ISSUER));
  }

  private static void assertNames(String property, List<String> faults) {
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.getFirst().startsWith(property), faults.toString());
  }

  private static List<String> faults(
      URI issuer,
      List<String> audiences,
      String http,
      boolean generates,
      Path key,
      boolean alters) {
    return ConfigurationRules.production(
        new ConfigurationRules.Settings(
            issuer, audiences, http, generates, key, key, true, alters));
  }
}
