package org.mekong.resourceserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;

/**
 * Verifies access tokens in the profile of RFC 9068: signature by a key of the issuer, {@code typ},
 * issuer, audience, expiry and the claims the profile requires. A verified token is remembered
 * until it expires, because checking a signature is what a request costs most; its proof is not,
 * see {@link DpopProofVerifier}.
 *
 * <p>Thread-safe.
 */
public final class AccessTokenVerifier {
  private static final int REMEMBERED = 10_000;
  private static final Set<String> REQUIRED =
      Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");

  private final Clock clock;
  private final DefaultJOSEObjectTypeVerifier<SecurityContext> types =
      new DefaultJOSEObjectTypeVerifier<>(
          new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));
  private final JWKSource<SecurityContext> keys;
  private final ClaimsVerifier claimsVerifier;
  private final Map<String, VerifiedAccess> remembered = new Lru();

  /**
   * @param issuer the {@code iss} to accept
   * @param audience the {@code aud} to accept: this resource's identifier, its base URL
   * @param keys the issuer's keys, for example by {@code JWKSourceBuilder} from its {@code
   *     jwks_uri}
   */
  public AccessTokenVerifier(
      String issuer, String audience, JWKSource<SecurityContext> keys, Clock clock) {
    this.clock = clock;
    this.keys = keys;
    this.claimsVerifier = new ClaimsVerifier(issuer, audience, clock);
  }

  private AccessTokenVerifier(
      JWKSource<SecurityContext> keys, ClaimsVerifier claimsVerifier, Clock clock) {
    this.clock = clock;
    this.keys = keys;
    this.claimsVerifier = claimsVerifier;
  }

  /** For the issuer itself, which may look at tokens that are meant for others. */
  public static AccessTokenVerifier ofAnyAudience(
      String issuer, JWKSource<SecurityContext> keys, Clock clock) {
    return new AccessTokenVerifier(keys, new ClaimsVerifier(issuer, null, clock), clock);
  }

  /**
   * Verifies a token.
   *
   * @throws AccessRefused when the token is no good
   * @throws KeysUnavailable when that cannot be told now
   */
  public VerifiedAccess verify(String token) throws AccessRefused, KeysUnavailable {
    Optional<VerifiedAccess> known = remembered(token);
    if (known.isPresent()) {
      return known.get();
    }
    VerifiedAccess verified = verifyAnew(token);
    synchronized (remembered) {
      remembered.put(token, verified);
    }
    return verified;
  }

  /** What a token was verified to say, while it is remembered and not expired. Never blocks. */
  public Optional<VerifiedAccess> remembered(String token) {
    VerifiedAccess known;
    synchronized (remembered) {
      known = remembered.get(token);
    }
    return Optional.ofNullable(known)
        .filter(access -> clock.instant().isBefore(access.expiresAt()));
  }

  private VerifiedAccess verifyAnew(String token) throws AccessRefused, KeysUnavailable {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      types.verify(jwt.getHeader().getType(), null);
      requireSignature(jwt);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      claimsVerifier.verify(claims, null);
      return read(token, claims);
    } catch (ParseException malformed) {
      throw new AccessRefused(AccessRule.TOKEN_MALFORMED, malformed);
    } catch (KeySourceException unavailable) {
      throw new KeysUnavailable(unavailable);
    } catch (BadJOSEException | JOSEException refused) {
      throw new AccessRefused(AccessRule.TOKEN_INVALID, refused);
    }
  }

  /**
   * By a key of the issuer that is of the algorithm's kind; the header brings no key of its own.
   */
  private void requireSignature(SignedJWT jwt) throws JOSEException, BadJOSEException {
    JWSHeader header = jwt.getHeader();
    if (JwsKeys.ALGORITHMS.contains(header.getAlgorithm())) {
      JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
      for (JWK key : keys.get(selector, null)) {
        if (JwsKeys.fits(header.getAlgorithm(), key) && jwt.verify(JwsKeys.verifier(key))) {
          return;
        }
      }
    }
    throw new BadJWSException("no key of the issuer verifies the signature");
  }

  private static VerifiedAccess read(String token, JWTClaimsSet claims)
      throws ParseException, AccessRefused {
    String scope = Objects.requireNonNullElse(claims.getStringClaim("scope"), "");
    List<Map<String, Object>> details = new ArrayList<>();
    List<Object> given = claims.getListClaim("authorization_details");
    for (Object detail : given == null ? List.of() : given) {
      details.add(JSONObjectUtils.parse(JSONObjectUtils.toJSONString(asObject(detail))));
    }
    Map<String, Object> confirmation = claims.getJSONObjectClaim("cnf");
    return new VerifiedAccess(
        token,
        claims.getSubject(),
        claims.getStringClaim("client_id"),
        scope.isBlank() ? Set.of() : Set.of(scope.strip().split(" +")),
        details,
        confirmed(confirmation, "jkt"),
        confirmed(confirmation, "x5t#S256"),
        claims.getExpirationTime().toInstant(),
        claims.getClaims());
  }

  private static String confirmed(@Nullable Map<String, Object> confirmation, String by)
      throws ParseException {
    String given = confirmation == null ? null : JSONObjectUtils.getString(confirmation, by);
    return given == null ? "" : given;
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> asObject(Object value) throws AccessRefused {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new AccessRefused(AccessRule.TOKEN_INVALID);
  }

  private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    ClaimsVerifier(String issuer, @Nullable String audience, Clock clock) {
      super(audience, new JWTClaimsSet.Builder().issuer(issuer).build(), REQUIRED);
      this.clock = clock;
      setMaxClockSkew(0);
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
        throws com.nimbusds.jwt.proc.BadJWTException {
      super.verify(claims, context);
      Instant latest = clock.instant().plus(DpopProofVerifier.AHEAD);
      if (claims.getIssueTime().toInstant().isAfter(latest)) {
        throw new com.nimbusds.jwt.proc.BadJWTException("iat lies in the future");
      }
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  private static final class Lru extends LinkedHashMap<String, VerifiedAccess> {
    private static final long serialVersionUID = 1;

    Lru() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, VerifiedAccess> eldest) {
      return size() > REMEMBERED;
    }
  }
}
