package org.mekong.identity.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.mekong.identity.IssuerAddress;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.token.AccessTokenVerifier;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * Verifies that a caller holds a token of ours, for us, with a scope, and proves the token's key.
 */
@ApplicationScoped
class Authoriser {
  private final IssuerAddress issuer;
  private final AccessTokenVerifier tokens;
  private final DpopProofVerifier proofs;

  Authoriser(
      IssuerAddress issuer, JWKSource<SecurityContext> keys, DataSource database, Clock clock) {
    this.issuer = issuer;
    String ourselves = issuer.issuer().toString();
    this.tokens = new AccessTokenVerifier(ourselves, ourselves, keys, clock);
    this.proofs = new DpopProofVerifier(new PostgresSingleUseStore(database), clock);
  }

  /**
   * Verifies a request.
   *
   * @param target the request target as it stood in the request line
   * @param scopes of which one is enough
   * @throws AccessRefused naming the rule that refused
   */
  VerifiedAccess authorise(
      String method,
      String target,
      List<String> authorization,
      List<String> dpop,
      Set<String> scopes)
      throws AccessRefused, KeysUnavailable {
    URI uri = URI.create(issuer.issuer() + target);
    ProtectedRequest asked = new ProtectedRequest(method, uri, authorization, dpop);
    VerifiedAccess access = tokens.verify(asked.token());
    proofs.verify(asked, access.bound());
    if (Collections.disjoint(access.scopes(), scopes)) {
      throw new AccessRefused(AccessRule.SCOPE_INSUFFICIENT);
    }
    return access;
  }
}
