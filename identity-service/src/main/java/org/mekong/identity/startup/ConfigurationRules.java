package org.mekong.identity.startup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is wrong with a configuration, each fault beginning with the property's name. */
final class ConfigurationRules {
  private static final Set<String> TEST_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private ConfigurationRules() {}

  /**
   * What production is judged by.
   *
   * @param audiences issuer and resources
   * @param plainHttp {@code enabled}, {@code redirect} or {@code disabled}
   * @param generatesLogKey whether a missing log key is made
   * @param logKey of the log that takes entries now
   * @param witnessed whether anybody else vouches for the log's past
   * @param mayAlterTables whether the service's database role owns or may make tables
   */
  record Settings(
      URI issuer,
      List<String> audiences,
      String plainHttp,
      boolean generatesLogKey,
      Path encryptionKey,
      Path logKey,
      boolean witnessed,
      boolean mayAlterTables) {}

  static List<String> always(String nation, URI issuer) {
    List<String> faults = new ArrayList<>();
    require(faults, nation.matches("[A-Z]{2}"), "mekong.nation: two capital letters are needed");
    require(
        faults,
        issuer.getHost() != null
            && issuer.getRawQuery() == null
            && issuer.getRawFragment() == null
            && issuer.getRawUserInfo() == null
            && !issuer.toString().endsWith("/"),
        "identity.issuer: a URL without query, fragment and trailing slash is needed");
    return faults;
  }

  static List<String> production(Settings settings) {
    List<String> faults = new ArrayList<>();
    require(
        faults,
        "https".equals(settings.issuer().getScheme()) && !isTest(settings.issuer()),
        "identity.issuer: https and a real host are needed");
    require(
        faults,
        settings.audiences().stream()
            .map(URI::create)
            .allMatch(audience -> "https".equals(audience.getScheme()) && !isTest(audience)),
        "identity.resources: https and real hosts are needed");
    require(
        faults,
        settings.plainHttp().equals("disabled"),
        "quarkus.http.insecure-requests: must be disabled");
    require(
        faults,
        !settings.generatesLogKey(),
        "identity.log.generate-key: must be false, the key comes from a secret");
    require(
        faults,
        isPrivate(settings.encryptionKey()),
        "identity.key.encryption-key-file: must exist and be readable by its owner and group alone");
    require(
        faults,
        isPrivate(settings.logKey()),
        "identity.log.key-file: must exist and be readable by its owner and group alone");
    require(
        faults,
        settings.witnessed(),
        "identity.witness.policy-file: names no witness; nobody but this node would vouch for the"
            + " past of its log");
    require(
        faults,
        !settings.mayAlterTables(),
        "quarkus.datasource.username: the role owns or may make tables; give the service a role"
            + " with SELECT, INSERT, UPDATE and DELETE, and Flyway its own");
    return faults;
  }

  private static boolean isTest(URI uri) {
    String host = uri.getHost();
    return host == null || TEST_HOSTS.contains(host);
  }

  private static boolean isPrivate(Path file) {
    try {
      return Files.isReadable(file)
          && !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private static void require(List<String> faults, boolean condition, String fault) {
    if (!condition) {
      faults.add(fault);
    }
  }
}
