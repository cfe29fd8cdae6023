package org.mekong.log.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys that gateways sign requests and answers with, by nation. As a file: {@code {"VN":
 * {"keys": [...]}, "LA": {"keys": [...]}}}, each a JWK set (RFC 7517).
 */
public final class GatewayKeys {
  private final Map<String, List<SigningKey>> byNation;

  private GatewayKeys(Map<String, List<SigningKey>> byNation) {
    this.byNation = byNation;
  }

  /**
   * Reads a file of keys. Keys of other kinds than P-256 and Ed25519 are left out.
   *
   * @throws EvidenceException naming what is malformed
   */
  public static GatewayKeys parse(byte[] file) throws EvidenceException {
    return read(Members.parse("gateways' keys", file), false);
  }

  /** Reads the keys of a bundle, where nothing may stand that is not understood. */
  static GatewayKeys ofBundle(Members nations) throws EvidenceException {
    return read(nations, true);
  }

  private static GatewayKeys read(Members nations, boolean whole) throws EvidenceException {
    Map<String, List<SigningKey>> byNation = new LinkedHashMap<>();
    for (String nation : nations.all().keySet()) {
      List<SigningKey> keys = new ArrayList<>();
      Members set = nations.object(nation);
      if (!set.all().containsKey("keys")) {
        throw set.wrong("a nation without keys");
      }
      for (Members jwk : set.objects("keys")) {
        Optional<SigningKey> key = SigningKey.of(jwk);
        if (key.isEmpty() && whole) {
          throw jwk.wrong("a key of a kind that gateways do not sign with");
        }
        key.ifPresent(keys::add);
      }
      byNation.put(nation, List.copyOf(keys));
    }
    return new GatewayKeys(byNation);
  }

  Map<String, List<SigningKey>> all() {
    return byNation;
  }

  Optional<SigningKey> find(String nation, String keyId) {
    return byNation.getOrDefault(nation, List.of()).stream()
        .filter(key -> key.id().equals(keyId))
        .findFirst();
  }
}
