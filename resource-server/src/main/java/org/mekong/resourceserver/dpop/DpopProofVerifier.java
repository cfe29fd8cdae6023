package org.mekong.resourceserver.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.util.URIUtils;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.FreshProof;
import org.mekong.resourceserver.singleuse.SingleUse;
import org.mekong.resourceserver.singleuse.SingleUseStore;

/**
 * Verifies DPoP proofs (RFC 9449 section 4.3), at a protected resource and at a token endpoint.
 * Nimbus reads the proof and checks its signature; this class decides: exactly one header, sizes,
 * type, algorithm and key, claims, a window by an injected clock, and single use by an atomic store
 * which is asked last, so that a proof refused for another reason spends nothing and nobody can
 * spend another's.
 *
 * <p>Thread-safe. An exception of the store (it is down) passes through unchanged.
 */
public final class DpopProofVerifier {
  /** Algorithms accepted in proofs: those of FAPI 2.0. */
  public static final Set<JWSAlgorithm> ALGORITHMS = JwsKeys.ALGORITHMS;

  /** How old a proof may be. */
  public static final Duration OLDEST = Duration.ofSeconds(60);

  /** How far ahead of our clock a proof's {@code iat} may lie (FAPI 2.0 section 5.3.2.1). */
  public static final Duration AHEAD = Duration.ofSeconds(10);

  private static final int LONGEST_PROOF = 4096;
  private static final int LONGEST_IDENTIFIER = 256;
  private static final String USE = "dpop";

  private final SingleUseStore store;
  private final Clock clock;

  public DpopProofVerifier(SingleUseStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Accepts a request to a protected resource whose proof fits method, URI, token and the token's
   * key, and spends the proof.
   *
   * @throws AccessRefused naming the rule that refused
   */
  public void verify(ProtectedRequest request, BoundToken token) throws AccessRefused {
    spend(check(request, token));
  }

  /**
   * Checks as {@link #verify} does, and leaves it to the caller to spend the proof.
   *
   * @throws AccessRefused naming the rule that refused
   */
  public FreshProof check(ProtectedRequest request, BoundToken token) throws AccessRefused {
    if (token.thumbprint().isBlank()) {
      throw new AccessRefused(AccessRule.TOKEN_UNBOUND);
    }
    SignedProof proof = parse(request.proofs(), request.method(), request.uri(), true);
    try {
      proof.verify(token, clock.instant());
    } catch (AccessTokenValidationException refused) {
      boolean otherKey = !proof.thumbprint().equals(token.thumbprint());
      throw new AccessRefused(
          otherKey ? AccessRule.PROOF_OTHER_KEY : AccessRule.PROOF_TOKEN_HASH, refused);
    } catch (InvalidDPoPProofException | JOSEException refused) {
      throw new AccessRefused(diagnose(refused), refused);
    }
    return fresh(proof);
  }

  /**
   * Accepts a token request whose proof fits the endpoint, and spends the proof.
   *
   * @param endpoint the token endpoint's URI as published
   * @return the thumbprint of the proof's key, to be put into the token as {@code cnf.jkt}
   * @throws AccessRefused naming the rule that refused
   */
  public String verifyTokenRequest(List<String> proofs, URI endpoint, String clientId)
      throws AccessRefused {
    return verifyTokenRequest(proofs, endpoint, clientId, NonceVerifier.NONE);
  }

  /**
   * Accepts a token request, as {@link #verifyTokenRequest(List, URI, String)} does, whose proof
   * has a nonce that the server accepts (section 8). The nonce is looked at when all else is good.
   *
   * @throws AccessRefused by {@link AccessRule#PROOF_NONCE} for {@code use_dpop_nonce}
   */
  public String verifyTokenRequest(
      List<String> proofs, URI endpoint, String clientId, NonceVerifier nonces)
      throws AccessRefused {
    SignedProof proof = parse(proofs, "POST", endpoint, false);
    try {
      proof.verify(clock.instant());
    } catch (InvalidDPoPProofException | JOSEException refused) {
      throw new AccessRefused(diagnose(refused), refused);
    }
    if (!nonces.accepts(proof.nonce())) {
      throw new AccessRefused(AccessRule.PROOF_NONCE);
    }
    spend(fresh(proof));
    return proof.thumbprint();
  }

  private SignedProof parse(List<String> headers, String method, URI uri, boolean withToken)
      throws AccessRefused {
    if (headers.isEmpty()) {
      throw new AccessRefused(AccessRule.PROOF_MISSING);
    }
    // Two headers may reach us joined by a comma (RFC 9110 section 5.3); a JWT holds none.
    if (headers.size() > 1 || headers.getFirst().indexOf(',') >= 0) {
      throw new AccessRefused(AccessRule.PROOF_DUPLICATED);
    }
    String text = headers.getFirst();
    if (text.length() > LONGEST_PROOF) {
      throw new AccessRefused(AccessRule.PROOF_TOO_LARGE);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      refuseHeader(jwt);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      refuseMissing(claims, withToken);
      refuseNonce(claims);
      refuseOtherRequest(claims, method, uri);
      refuseOutsideWindow(claims.getIssueTime().toInstant());
      return new SignedProof(jwt, claims, JwsKeys.thumbprint(jwt.getHeader().getJWK()));
    } catch (ParseException | JOSEException malformed) {
      throw new AccessRefused(AccessRule.PROOF_MALFORMED, malformed);
    }
  }

  private static void refuseHeader(SignedJWT jwt) throws AccessRefused {
    if (!DPoPProofFactory.TYPE.equals(jwt.getHeader().getType())) {
      throw new AccessRefused(AccessRule.PROOF_TYPE);
    }
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    if (!ALGORITHMS.contains(algorithm)) {
      throw new AccessRefused(AccessRule.PROOF_ALGORITHM);
    }
    JWK key = jwt.getHeader().getJWK();
    if (key == null) {
      throw new AccessRefused(AccessRule.PROOF_MALFORMED);
    }
    if (!JwsKeys.fits(algorithm, key)) {
      throw new AccessRefused(AccessRule.PROOF_KEY);
    }
  }

  private static void refuseMissing(JWTClaimsSet claims, boolean withToken)
      throws AccessRefused, ParseException {
    String identifier = claims.getJWTID();
    if (identifier == null
        || identifier.isBlank()
        || claims.getIssueTime() == null
        || claims.getStringClaim("htm") == null
        || claims.getStringClaim("htu") == null
        || (withToken && claims.getStringClaim("ath") == null)) {
      throw new AccessRefused(AccessRule.PROOF_CLAIM_MISSING);
    }
    if (identifier.length() > LONGEST_IDENTIFIER) {
      throw new AccessRefused(AccessRule.PROOF_TOO_LARGE);
    }
  }

  /** Whatever is asked of a nonce, it is a text of some length. */
  private static void refuseNonce(JWTClaimsSet claims) throws AccessRefused, ParseException {
    String nonce = claims.getStringClaim("nonce");
    if (nonce != null && (nonce.isBlank() || nonce.length() > LONGEST_IDENTIFIER)) {
      throw new AccessRefused(AccessRule.PROOF_INVALID);
    }
  }

  private static void refuseOtherRequest(JWTClaimsSet claims, String method, URI uri)
      throws AccessRefused {
    Map<String, Object> values = claims.getClaims();
    if (!Objects.equals(values.get("htm"), method)) {
      throw new AccessRefused(AccessRule.PROOF_METHOD);
    }
    String target = URIUtils.getBaseURI(uri).toString();
    if (!Objects.equals(values.get("htu"), target)) {
      throw new AccessRefused(AccessRule.PROOF_URI);
    }
  }

  private void refuseOutsideWindow(Instant issuedAt) throws AccessRefused {
    Instant now = clock.instant();
    if (issuedAt.isBefore(now.minus(OLDEST))) {
      throw new AccessRefused(AccessRule.PROOF_STALE);
    }
    if (issuedAt.isAfter(now.plus(AHEAD))) {
      throw new AccessRefused(AccessRule.PROOF_AHEAD);
    }
  }

  private static AccessRule diagnose(Exception refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadJWSException) {
        return AccessRule.PROOF_SIGNATURE;
      }
    }
    return AccessRule.PROOF_INVALID;
  }

  // By key, not by client: whoever does not hold the key cannot spend its proofs.
  private static FreshProof fresh(SignedProof proof) {
    return new FreshProof(
        new SingleUse(USE, proof.thumbprint(), proof.claims().getJWTID()),
        proof.claims().getIssueTime().toInstant().plus(OLDEST).plus(AHEAD));
  }

  public void spend(FreshProof proof) throws AccessRefused {
    try {
      store.spend(proof.use(), proof.until());
    } catch (AlreadyUsed replayed) {
      throw new AccessRefused(AccessRule.PROOF_REPLAYED, replayed);
    }
  }
}
