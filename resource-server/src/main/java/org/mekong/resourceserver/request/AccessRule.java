package org.mekong.resourceserver.request;

import com.nimbusds.oauth2.sdk.token.DPoPTokenError;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * The rules by which a request to a protected resource is refused, each with the error that RFC
 * 6750 section 3.1 or RFC 9449 section 7.1 names for it and a sentence that tells the caller what
 * to do. The sentences never repeat what the caller sent.
 */
public enum AccessRule {
  TOKEN_MISSING(
      DPoPTokenError.MISSING_TOKEN, "send 'Authorization: DPoP <access token>' and a DPoP proof"),
  TOKEN_DUPLICATED(
      DPoPTokenError.INVALID_REQUEST, "more than one Authorization header: send exactly one"),
  TOKEN_IN_QUERY(
      DPoPTokenError.INVALID_REQUEST,
      "the access token belongs in the Authorization header, not in the query"),
  TOKEN_AS_BEARER(
      DPoPTokenError.INVALID_TOKEN,
      "tokens are sender-constrained here: use the DPoP scheme with a proof, not Bearer"),
  TOKEN_MALFORMED(DPoPTokenError.INVALID_TOKEN, "the access token is not a signed JWT"),
  TOKEN_TOO_LARGE(DPoPTokenError.INVALID_TOKEN, "the access token is too large"),
  TOKEN_UNBOUND(
      DPoPTokenError.INVALID_TOKEN,
      "the access token is bound to no key and to no certificate (cnf)"),
  CERTIFICATE_MISSING(
      DPoPTokenError.INVALID_TOKEN,
      "the access token is bound to a certificate: show it when the connection is made"),
  CERTIFICATE_OTHER(
      DPoPTokenError.INVALID_TOKEN,
      "the access token is bound to another certificate than the connection's"),
  TOKEN_INVALID(
      DPoPTokenError.INVALID_TOKEN,
      "the access token is expired, revoked, not signed by this nation's issuer or not meant for"
          + " this resource: get a new one"),
  SCOPE_INSUFFICIENT(
      DPoPTokenError.INSUFFICIENT_SCOPE, "the access token does not carry the scope needed here"),
  PROOF_MISSING(DPoPTokenError.INVALID_DPOP_PROOF, "send a DPoP header with a proof"),
  PROOF_DUPLICATED(
      DPoPTokenError.INVALID_DPOP_PROOF, "more than one DPoP header: send exactly one"),
  PROOF_TOO_LARGE(DPoPTokenError.INVALID_DPOP_PROOF, "the proof is too large"),
  PROOF_MALFORMED(
      DPoPTokenError.INVALID_DPOP_PROOF,
      "the proof is not a signed JWT with a public key in its header"),
  PROOF_TYPE(DPoPTokenError.INVALID_DPOP_PROOF, "the proof's typ must be dpop+jwt"),
  PROOF_ALGORITHM(
      DPoPTokenError.INVALID_DPOP_PROOF, "sign the proof with one of the algorithms in algs"),
  PROOF_KEY(
      DPoPTokenError.INVALID_DPOP_PROOF,
      "the proof's key does not fit: P-256, RSA of 2048 to 4096 bits, or Ed25519"),
  PROOF_SIGNATURE(DPoPTokenError.INVALID_DPOP_PROOF, "the proof's signature does not fit its key"),
  PROOF_CLAIM_MISSING(
      DPoPTokenError.INVALID_DPOP_PROOF, "the proof needs jti, iat, htm and htu, and ath here"),
  PROOF_STALE(DPoPTokenError.INVALID_DPOP_PROOF, "the proof's iat is too old: make a new one"),
  PROOF_AHEAD(DPoPTokenError.INVALID_DPOP_PROOF, "the proof's iat lies in the future"),
  PROOF_METHOD(DPoPTokenError.INVALID_DPOP_PROOF, "the proof's htm is another method"),
  PROOF_URI(
      DPoPTokenError.INVALID_DPOP_PROOF, "the proof's htu is another URI (no query, no fragment)"),
  PROOF_TOKEN_HASH(
      DPoPTokenError.INVALID_DPOP_PROOF, "the proof's ath is the hash of another token"),
  PROOF_OTHER_KEY(
      DPoPTokenError.INVALID_TOKEN, "the access token is bound to another key than the proof's"),
  PROOF_NONCE(
      DPoPTokenError.USE_DPOP_NONCE, "put the nonce of the header DPoP-Nonce into a new proof"),
  PROOF_REPLAYED(
      DPoPTokenError.INVALID_DPOP_PROOF, "the proof was used before: make a new one per request"),
  PROOF_INVALID(DPoPTokenError.INVALID_DPOP_PROOF, "the proof is not valid");

  private final int status;
  private final String error;
  private final String advice;
  private final String challenge;

  AccessRule(DPoPTokenError error, String advice) {
    this.status = error.getHTTPStatusCode();
    this.error = error.getCode() == null ? "" : error.getCode();
    this.advice = advice;
    // RFC 6750 section 3.1: a request without any credentials gets a challenge without an error.
    this.challenge =
        (error.getCode() == null ? error : error.setDescription(advice))
            .setJWSAlgorithms(JwsKeys.ALGORITHMS)
            .toWWWAuthenticateHeader();
  }

  /** HTTP status: 400, 401 or 403. */
  public int status() {
    return status;
  }

  /** OAuth error code, for example {@code invalid_dpop_proof}; empty when none is to be sent. */
  public String error() {
    return error;
  }

  /** What the caller can do, in one sentence. */
  public String advice() {
    return advice;
  }

  /** Value of the {@code WWW-Authenticate} header that goes with the refusal. */
  public String challenge() {
    return challenge;
  }
}
