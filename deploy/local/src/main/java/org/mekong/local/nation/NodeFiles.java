package org.mekong.local.nation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mekong.client.Profile;
import org.mekong.local.machine.SecretFiles;
import org.mekong.local.nation.Nation.Part;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;

/**
 * The folder of a platform on disk: keys and certificates, made once and then kept.
 *
 * <pre>
 * ca.pem                          the test authority's certificate
 * VN/identity/                    one folder a service: tls.pem, tls.key, log-<year>.key, service.properties, service.log
 * VN/gateway/exchange.jwk         the key that signs what leaves the country; exchange.jwks for its peers
 * agreements/                     what both nations have signed
 * VN/portal/                      tls.pem and tls.key of the citizens' portal
 * VN/citizens.json                invented citizens who can sign in, with password and secret
 * VN/clients/                     private keys and profiles of the client systems
 * postgres/                       the embedded database
 * </pre>
 */
public record NodeFiles(Path root, int year) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Path authority() {
    return root.resolve("ca.pem");
  }

  public Path service(Nation nation, Part part) {
    return root.resolve(nation.name()).resolve(part.feature());
  }

  Path clients(Nation nation) {
    return root.resolve(nation.name()).resolve("clients");
  }

  public Path postgres() {
    return root.resolve("postgres");
  }

  Path exchangeKeys(Nation nation) {
    return service(nation, Part.GATEWAY).resolve("exchange.jwks");
  }

  /** The private key of a service's log of a year; {@code {year}} where it stands for each. */
  Path logKey(Nation nation, Part part, String ofYear) {
    return service(nation, part).resolve("log-" + ofYear + ".key");
  }

  /** The verifier keys of one nation's three logs of this year and the next, one a line. */
  Path logKeys(Nation nation) {
    return root.resolve(nation.name()).resolve("log-keys.txt");
  }

  /**
   * The witnesses of one nation's logs, reached through its own gateway: a C2SP tlog-policy file.
   */
  Path witnesses(Nation nation) {
    return root.resolve(nation.name()).resolve("witnesses.policy");
  }

  /**
   * What an auditor holds: all logs, and that each needs the cosignature of the other nation's
   * witness.
   */
  Path auditorPolicy() {
    return root.resolve("auditor.policy");
  }

  private Path witnessKey(Nation nation) {
    return service(nation, Part.GATEWAY).resolve("witness.key");
  }

  /** The profile of the agency system whose question the story asks. */
  public Path profile(Nation nation, String client) {
    return clients(nation).resolve(client + ".json");
  }

  /** True where an earlier start made all keys. */
  public boolean complete() {
    return Files.exists(root.resolve("complete"));
  }

  /** The nations whose keys are there: an older folder knows the founding ones alone. */
  public List<Nation> known() {
    return Arrays.stream(Nation.values()).filter(each -> Files.exists(exchangeKeys(each))).toList();
  }

  /**
   * Makes everything that is secret, for all nations, so that each can pin the others' public keys.
   */
  public void create(Instant now) throws IOException {
    Files.createDirectories(root);
    TestAuthority authority = TestAuthority.create(now);
    authority.writeCertificate(authority());
    for (Nation nation : Nation.values()) {
      for (Part part : Part.ALL) {
        Path folder = service(nation, part);
        Files.createDirectories(folder);
        authority.issue(
            commonName(nation, part), folder.resolve("tls.pem"), folder.resolve("tls.key"), now);
      }
      Path portal = CitizensPortal.folder(this, nation);
      Files.createDirectories(portal);
      authority.issue(
          "portal." + nation.lower() + ".mekong.example",
          portal.resolve("tls.pem"),
          portal.resolve("tls.key"),
          now);
      keyEncryptionKeys(nation);
      exchangeKey(nation);
      Cosigner witness = Cosigner.generate(nation.lower() + ".mekong.example/witness");
      SecretFiles.write(witnessKey(nation), witness.encoded() + "\n");
      Files.writeString(
          service(nation, Part.GATEWAY).resolve("witness.pub"), witness.verifierKey() + "\n");
      client(nation, Registration.ADMINISTRATOR);
      client(nation, Registration.REGISTRY_OFFICE);
      client(nation, CitizensPortal.NAME);
    }
    Files.writeString(root.resolve("complete"), now + "\n");
  }

  /**
   * Makes the log keys of this year and the next where they are absent, at each start: so the year
   * may turn while the platform runs, and peers and auditors hold the new keys before.
   */
  public void prepareLogKeys() throws IOException {
    for (Nation nation : known()) {
      StringBuilder keys =
          new StringBuilder(Files.exists(logKeys(nation)) ? Files.readString(logKeys(nation)) : "");
      for (Part part : Part.ALL) {
        for (int each : new int[] {year, year + 1}) {
          Path file = logKey(nation, part, Integer.toString(each));
          adopt(service(nation, part).resolve("log.key"), file, nation.logOrigin(part, each));
          if (Files.notExists(file)) {
            NoteSigner signer = NoteSigner.generate(nation.logOrigin(part, each));
            SecretFiles.write(file, signer.encoded() + "\n");
            keys.append(signer.verifierKey()).append('\n');
          }
        }
      }
      Files.writeString(logKeys(nation), keys);
    }
  }

  /** Takes over the one key file of a folder that was made before there was one a year. */
  private static void adopt(Path before, Path file, String origin) throws IOException {
    if (Files.exists(before) && Files.readString(before).contains("+" + origin + "+")) {
      Files.move(before, file);
    }
  }

  /** The CN in the certificate of a service. */
  static String commonName(Nation nation, Part part) {
    return part.feature() + "." + nation.lower() + ".mekong.example";
  }

  private void keyEncryptionKeys(Nation nation) throws IOException {
    for (Part part : Part.ALL) {
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      SecretFiles.write(
          service(nation, part).resolve("key-encryption.key"),
          Base64.getEncoder().encodeToString(key) + "\n");
    }
  }

  private void exchangeKey(Nation nation) throws IOException {
    ECKey key = newKey(nation.lower() + "-gateway-" + year);
    SecretFiles.write(
        service(nation, Part.GATEWAY).resolve("exchange.jwk"), key.toJSONString() + "\n");
    Files.writeString(exchangeKeys(nation), new JWKSet(key.toPublicJWK()).toString() + "\n");
  }

  private void client(Nation nation, String clientName) throws IOException {
    ECKey key = newKey(nation.lower() + "-" + clientName);
    SecretFiles.write(clients(nation).resolve(clientName + ".jwk"), key.toJSONString() + "\n");
    Files.writeString(
        clients(nation).resolve(clientName + ".jwks"),
        new JWKSet(key.toPublicJWK()).toString() + "\n");
  }

  /** Writes the profile of a client, which names the peers whose answers and logs it can check. */
  public void writeProfile(
      Nation nation, String clientId, String clientName, int basePort, List<Nation> known)
      throws IOException {
    StringBuilder policy = new StringBuilder();
    Map<String, String> answerKeys = new TreeMap<>();
    for (Nation each : known) {
      for (String key : Files.readAllLines(logKeys(each))) {
        policy.append("log ").append(key).append("\n");
      }
      answerKeys.put(each.name(), "../../" + each.name() + "/gateway/exchange.jwks");
    }
    policy.append("quorum none\n");
    gatewayKeys(clients(nation).resolve("gateways.json"), known);
    Files.writeString(clients(nation).resolve("policy.txt"), policy);
    new Profile(
            clientId,
            nation.url(Part.IDENTITY, basePort),
            nation.url(Part.GATEWAY, basePort),
            nation.url(Part.REGISTRY, basePort),
            clientName + ".jwk",
            "../../ca.pem",
            answerKeys,
            "policy.txt")
        .save(profile(nation, clientName));
  }

  /** The keys that gateways sign with, by nation: what evidence is verified against. */
  private void gatewayKeys(Path file, List<Nation> nations) throws IOException {
    Map<String, Object> keys = new TreeMap<>();
    for (Nation nation : nations) {
      keys.put(nation.name(), JSON.readTree(Files.readString(exchangeKeys(nation))));
    }
    Files.writeString(file, JSON.writeValueAsString(keys) + "\n");
  }

  /** Writes who watches whose logs; it names ports, so it is written at each start. */
  public void writePolicies(int basePort) throws IOException {
    StringBuilder auditor = new StringBuilder();
    for (Nation nation : known()) {
      List<Nation> others = Nation.FOUNDING.stream().filter(other -> other != nation).toList();
      StringBuilder policy = new StringBuilder();
      for (Nation other : others) {
        URI door = nation.url(Part.GATEWAY, basePort).resolve("/witness/" + other);
        policy.append("witness %s %s %s\n".formatted(other, witnessKeyOf(other), door));
      }
      policy.append(quorum(others));
      Files.writeString(witnesses(nation), policy);
      for (String key : Files.readAllLines(logKeys(nation))) {
        auditor.append("log ").append(key).append('\n');
      }
    }
    for (Nation nation : Nation.FOUNDING) {
      auditor.append("witness %s %s\n".formatted(nation, witnessKeyOf(nation)));
    }
    auditor.append(quorum(Nation.FOUNDING));
    gatewayKeys(root.resolve("gateways.json"), known());
    Files.writeString(auditorPolicy(), auditor);
  }

  /**
   * The agreements that a nation has signed, with the other one and with itself; {@code
   * .signatures} lies beside each.
   */
  List<Path> agreements(Nation nation) {
    Path folder = root.resolve("agreements");
    return List.of(folder.resolve("vn-la.json"), folder.resolve(nation.lower() + ".json"));
  }

  /**
   * Has the nations sign the agreements that ship with the project, once: the gateways keep what
   * was signed, and refuse another document under the same version.
   */
  public void signAgreements(Path shipped) throws IOException {
    sign(shipped.resolve("vn-la.json"), Nation.FOUNDING);
    for (Nation nation : Nation.FOUNDING) {
      sign(shipped.resolve(nation.lower() + ".json"), List.of(nation));
    }
  }

  private void sign(Path document, List<Nation> parties) throws IOException {
    Path signed = root.resolve("agreements").resolve(document.getFileName());
    Path signatures = signed.resolveSibling(document.getFileName() + ".signatures");
    if (Files.exists(signatures)) {
      return;
    }
    byte[] content = Files.readAllBytes(document);
    Files.createDirectories(signed.getParent());
    Files.write(signed, content);
    StringBuilder lines = new StringBuilder();
    for (Nation nation : parties) {
      lines.append(signature(nation, content)).append('\n');
    }
    Files.writeString(signatures, lines);
  }

  /** A detached JWS over the document, as gateways sign agreements. */
  private String signature(Nation nation, byte[] document) throws IOException {
    Path file = service(nation, Part.GATEWAY).resolve("exchange.jwk");
    try {
      ECKey key = ECKey.parse(Files.readString(file));
      JWSObject signed =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType("mekong-agreement+jws"))
                  .keyID(key.getKeyID())
                  .build(),
              new Payload(document));
      signed.sign(new ECDSASigner(key));
      return signed.serialize(true);
    } catch (ParseException | JOSEException e) {
      throw new IOException("cannot sign with " + file + ": " + e.getMessage(), e);
    }
  }

  /** That one of these has to have cosigned. */
  private static String quorum(List<Nation> witnesses) {
    String names = String.join(" ", witnesses.stream().map(Nation::name).toList());
    return "group peers any " + names + "\nquorum peers\n";
  }

  private String witnessKeyOf(Nation nation) throws IOException {
    return Files.readString(service(nation, Part.GATEWAY).resolve("witness.pub")).strip();
  }

  private static ECKey newKey(String keyId) throws IOException {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyID(keyId)
          .generate();
    } catch (JOSEException e) {
      throw new IOException("cannot make the key " + keyId + ": " + e.getMessage(), e);
    }
  }

  static String json(Object value) throws IOException {
    return JSON.writeValueAsString(value);
  }
}
