package org.mekong.identity.client;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/** Reads the keys that a client registers: public, of a kind FAPI 2.0 allows, told apart by kid. */
final class ClientKeys {
  private static final int MOST = 10;
  private static final int LONGEST_KID = 100;

  private ClientKeys() {}

  static Optional<JWKSet> read(Members members, @Nullable Map<String, Object> jwks) {
    JWKSet keys;
    try {
      // Through text, so that the library sees the types of its own parser.
      keys = JWKSet.parse(JSONObjectUtils.toJSONString(jwks == null ? Map.of() : jwks));
    } catch (ParseException | RuntimeException malformed) {
      members.require(false, "jwks", "a JWK set (RFC 7517)");
      return Optional.empty();
    }
    List<JWK> all = keys.getKeys();
    members
        .require(!all.isEmpty() && all.size() <= MOST, "jwks", "1 to " + MOST + " keys")
        .require(
            all.stream().noneMatch(JWK::isPrivate), "jwks", "public keys only: keep the private")
        .require(
            all.stream().allMatch(ClientKeys::fits),
            "jwks",
            "P-256 keys, or RSA keys of 2048 to 4096 bits, for signatures by ES256 or PS256")
        .require(
            all.stream().map(JWK::getKeyID).distinct().count() == all.size()
                && all.stream().allMatch(ClientKeys::named),
            "jwks",
            "a kid of 1 to " + LONGEST_KID + " characters for each key, all different");
    return members.good() ? Optional.of(keys.toPublicJWKSet()) : Optional.empty();
  }

  private static boolean named(JWK key) {
    String kid = key.getKeyID();
    return kid != null && !kid.isBlank() && kid.length() <= LONGEST_KID;
  }

  static boolean fits(JWK key) {
    if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
      return false;
    }
    return switch (key) {
      case ECKey ec -> Curve.P_256.equals(ec.getCurve());
      case RSAKey rsa ->
          rsa.size() >= 2048
              && rsa.size() <= 4096
              && rsa.getPublicExponent().decodeToBigInteger().bitLength() <= 33;
      default -> false;
    };
  }
}
