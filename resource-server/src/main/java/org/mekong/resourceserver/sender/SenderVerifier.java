package org.mekong.resourceserver.sender;

import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.singleuse.FreshProof;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * Verifies that a token is used by whom it was issued to: by a fresh proof of the key in {@code
 * cnf.jkt} (RFC 9449), or by the certificate of the connection, whose thumbprint is {@code
 * cnf.x5t#S256} (RFC 8705 section 3). A token that is bound to both needs both; one that is bound
 * to neither is refused. A token bound to a key is never taken as Bearer, whatever certificate
 * comes with it.
 *
 * <p>Thread-safe.
 */
public final class SenderVerifier {

  private final DpopProofVerifier proofs;

  public SenderVerifier(DpopProofVerifier proofs) {
    this.proofs = proofs;
  }

  /**
   * Checks a request whose token was verified.
   *
   * @return the proof that is to be spent, where the token is bound to a key
   * @throws AccessRefused naming the rule that refused
   */
  public Optional<FreshProof> check(ProtectedRequest request, VerifiedAccess access)
      throws AccessRefused {
    if (!access.certificateThumbprint().isBlank()) {
      requireCertificate(request, access);
      if (access.thumbprint().isBlank() && request.asBearer()) {
        return Optional.empty();
      }
    }
    refuseBearer(request);
    return Optional.of(proofs.check(request, access.bound()));
  }

  /**
   * Checks as {@link #check} does and spends the proof.
   *
   * @throws AccessRefused naming the rule that refused
   */
  public void verify(ProtectedRequest request, VerifiedAccess access) throws AccessRefused {
    Optional<FreshProof> proof = check(request, access);
    if (proof.isPresent()) {
      proofs.spend(proof.get());
    }
  }

  private static void refuseBearer(ProtectedRequest request) throws AccessRefused {
    if (request.asBearer()) {
      throw new AccessRefused(AccessRule.TOKEN_AS_BEARER);
    }
  }

  private static void requireCertificate(ProtectedRequest request, VerifiedAccess access)
      throws AccessRefused {
    X509Certificate shown =
        request.certificate().orElseThrow(() -> new AccessRefused(AccessRule.CERTIFICATE_MISSING));
    String thumbprint = X509CertUtils.computeSHA256Thumbprint(shown).toString();
    if (!thumbprint.equals(access.certificateThumbprint())) {
      throw new AccessRefused(AccessRule.CERTIFICATE_OTHER);
    }
  }
}
