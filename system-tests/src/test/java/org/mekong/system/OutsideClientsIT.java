package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.client.AgencySession;
import org.mekong.client.Profile;
import org.mekong.log.command.TrustedTls;

/**
 * Certified clients that others wrote, unmodified, at our identity-service: openid-client and
 * oauth4webapi, in the versions that the lock file pins. Skipped, and said to be, where there is no
 * Node.js.
 */
class OutsideClientsIT {
  private static final Path SCRIPTS = Path.of("src/test/javascript").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target/javascript").toAbsolutePath();

  @BeforeAll
  static void install() throws Exception {
    assumeTrue(
        answers("node", "--version") && answers("npm", "--version"),
        "there is no Node.js here: the outside clients are skipped");
    Files.createDirectories(INSTALLED);
    try (var scripts = Files.list(SCRIPTS)) {
      for (Path script : scripts.toList()) {
        Files.copy(
            script,
            INSTALLED.resolve(script.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Run installation =
        run(
            Map.of(),
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error");
    assertEquals(0, installation.exitCode(), installation.output());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"client-credentials-openid-client.mjs", "client-credentials-oauth4webapi.mjs"})
  void systemsGetTokens(String script) throws Exception {
    Profile.Loaded office = RunningPlatform.shared().registryOffice();
    Profile profile = office.profile();
    URI registry = profile.registry();

    Run run =
        run(
            Map.of(
                "MEKONG_ISSUER", profile.issuer().toString(),
                "MEKONG_CLIENT_ID", profile.clientId(),
                "MEKONG_CLIENT_KEY", office.file(profile.keyFile()).toString(),
                "NODE_EXTRA_CA_CERTS", office.file(profile.caFile()).toString(),
                "MEKONG_SCOPE", "register.import",
                "MEKONG_RESOURCE", registry.toString(),
                "MEKONG_CALL", registry.resolve("/admin/v1/imports").toString()),
            "node",
            script);

    assertEquals(0, run.exitCode(), run.output());
  }

  /** Also in each algorithm that an ID token may be signed by. */
  @ParameterizedTest
  @CsvSource({
    "code-flow-openid-client.mjs, ES256",
    "code-flow-openid-client.mjs, EdDSA",
    "code-flow-oauth4webapi.mjs, PS256"
  })
  void citizensSignIn(String script, String idTokenAlgorithm) throws Exception {
    Profile.Loaded office = RunningPlatform.shared().registryOffice();

    Run run = signIn(office, office.profile().issuer(), script, idTokenAlgorithm);

    assertEquals(0, run.exitCode(), run.output());
  }

  /** Nonces are kept for the whole origin, and so come along where none is asked for. */
  @Test
  void citizensAndSystemsComeInWhereTheIssuerAsksForNonces() throws Exception {
    Profile.Loaded office = RunningPlatform.shared().registryOffice();
    Profile profile = office.profile();
    try (Replica issuer = new Replica(profile, 16, Map.of("IDENTITY_DPOP_NONCE", "once"))) {
      AgencySession system =
          new AgencySession(
              issuer.address(),
              profile.clientId(),
              office.key(),
              TrustedTls.trusting(office.file(profile.caFile())));
      assertFalse(
          system
              .token("register.import", Objects.requireNonNull(profile.registry()), List.of())
              .getValue()
              .isEmpty());

      Run run = signIn(office, issuer.address(), "code-flow-openid-client.mjs", "ES256");

      assertEquals(0, run.exitCode(), run.output());
    }
  }

  private static Run signIn(
      Profile.Loaded office, URI issuer, String script, String idTokenAlgorithm) throws Exception {
    Administrator administrator = new Administrator(office);
    Administrator.Application application = administrator.application(idTokenAlgorithm, INSTALLED);
    Administrator.Person citizen = administrator.citizen();
    return run(
        Map.of(
            "MEKONG_ISSUER", issuer.toString(),
            "MEKONG_CLIENT_ID", application.clientId(),
            "MEKONG_CLIENT_KEY", application.keyFile().toString(),
            "MEKONG_REDIRECT_URI", application.redirect().toString(),
            "MEKONG_POST_LOGOUT_REDIRECT_URI", application.afterLogout().toString(),
            "MEKONG_ID_TOKEN_ALG", idTokenAlgorithm,
            "MEKONG_LOGIN", citizen.login(),
            "MEKONG_ACTIVATION_CODE", citizen.activationCode(),
            "NODE_EXTRA_CA_CERTS", office.file(office.profile().caFile()).toString()),
        "node",
        script);
  }

  private record Run(int exitCode, String output) {}

  private static Run run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Run(process.waitFor(), output);
  }

  private static boolean answers(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
