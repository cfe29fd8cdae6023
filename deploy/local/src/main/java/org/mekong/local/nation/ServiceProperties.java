package org.mekong.local.nation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mekong.local.machine.Database;
import org.mekong.local.machine.SecretFiles;
import org.mekong.local.nation.Nation.Part;

/**
 * The configuration of one local service: the same keys that an operator sets on Kubernetes, with
 * this machine's values.
 */
public record ServiceProperties(
    NodeFiles files,
    Nation nation,
    int basePort,
    List<Nation> nations,
    Map<Nation, Integer> doors) {

  /** As many as a register on somebody's own machine is filled with. */
  public static final int MOST_PERSONS = 5_000_000;

  /**
   * Writes {@code service.properties}, readable by the owner alone since it holds database
   * passwords.
   */
  public void write(Part part, Database.Roles database) throws IOException {
    Map<String, String> keys = new LinkedHashMap<>();
    Path folder = files.service(nation, part);
    // Above the defaults in the jar (250), below environment variables (300).
    keys.put("config_ordinal", "275");
    keys.put("mekong.nation", nation.name());
    http(keys, part, folder);
    database(keys, database);
    keys.put(part.feature() + ".log.key-file", files.logKey(nation, part, "{year}").toString());
    keys.put(part.feature() + ".witness.policy-file", files.witnesses(nation).toString());
    switch (part) {
      case IDENTITY -> identity(keys, folder);
      case REGISTRY -> registry(keys, folder);
      case GATEWAY -> gateway(keys, folder);
    }
    String text =
        keys.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue().replace("\\", "\\\\"))
            .collect(Collectors.joining("\n", "", "\n"));
    SecretFiles.write(folder.resolve("service.properties"), text);
  }

  private void http(Map<String, String> keys, Part part, Path folder) {
    keys.put("quarkus.http.host", "localhost");
    keys.put("quarkus.http.insecure-requests", "disabled");
    keys.put("quarkus.http.ssl-port", String.valueOf(nation.port(part, basePort)));
    keys.put("quarkus.tls.key-store.pem.0.cert", folder.resolve("tls.pem").toString());
    keys.put("quarkus.tls.key-store.pem.0.key", folder.resolve("tls.key").toString());
    keys.put("quarkus.tls.trust-store.pem.certs", files.authority().toString());
  }

  private static void database(Map<String, String> keys, Database.Roles roles) {
    keys.put("quarkus.datasource.jdbc.url", roles.url());
    keys.put("quarkus.datasource.username", roles.service());
    keys.put("quarkus.datasource.password", roles.servicePassword());
    keys.put("quarkus.flyway.username", roles.owner());
    keys.put("quarkus.flyway.password", roles.ownerPassword());
  }

  private void identity(Map<String, String> keys, Path folder) {
    keys.put("identity.issuer", nation.url(Part.IDENTITY, basePort).toString());
    keys.put(
        "identity.resources",
        Stream.concat(
                Part.ALL.stream().map(part -> nation.url(part, basePort)), Stream.of(nation.desk()))
            .map(URI::toString)
            .collect(Collectors.joining(",")));
    keys.put("identity.service.serves." + nation.lower() + "-desk", nation.desk().toString());
    keys.put("identity.key.encryption-key-file", folder.resolve("key-encryption.key").toString());
    keys.put(
        "identity.administrator.jwks-file",
        files.clients(nation).resolve(Registration.ADMINISTRATOR + ".jwks").toString());
  }

  private void registry(Map<String, String> keys, Path folder) {
    keys.put("registry.issuer", nation.url(Part.IDENTITY, basePort).toString());
    keys.put("registry.base-url", nation.url(Part.REGISTRY, basePort).toString());
    keys.put("registry.gateway.subject", "CN=" + NodeFiles.commonName(nation, Part.GATEWAY));
    keys.put("registry.population.enabled", "true");
    keys.put("registry.population.largest", Integer.toString(MOST_PERSONS));
    keys.put(
        "registry.log.key-encryption-key-file", folder.resolve("key-encryption.key").toString());
  }

  /** Where a peer's gateway is reached. */
  private URI door(Nation peer) {
    Integer port = doors.get(peer);
    return port == null
        ? peer.url(Part.GATEWAY, basePort)
        : URI.create("https://localhost:" + port);
  }

  private void gateway(Map<String, String> keys, Path folder) {
    keys.put("gateway.issuer", nation.url(Part.IDENTITY, basePort).toString());
    keys.put("gateway.base-url", nation.url(Part.GATEWAY, basePort).toString());
    keys.put("gateway.registry.url", nation.url(Part.REGISTRY, basePort).toString());
    keys.put("gateway.exchange.key-file", folder.resolve("exchange.jwk").toString());
    keys.put("gateway.witness.key-file", folder.resolve("witness.key").toString());
    keys.put(
        "gateway.log.key-encryption-key-file", folder.resolve("key-encryption.key").toString());
    if (!nation.founding()) {
      return; // its peers and agreements come over the admin API
    }
    keys.put(
        "gateway.agreement-files",
        files.agreements(nation).stream().map(Path::toString).collect(Collectors.joining(",")));
    for (Nation peer : Nation.FOUNDING) {
      if (peer != nation) {
        String prefix = "gateway.peers." + peer.name() + ".";
        keys.put(prefix + "url", door(peer).toString());
        keys.put(prefix + "jwks-file", files.exchangeKeys(peer).toString());
        keys.put(prefix + "certificate-subject", "CN=" + NodeFiles.commonName(peer, Part.GATEWAY));
        keys.put(prefix + "log-keys-file", files.logKeys(peer).toString());
      }
    }
  }
}
