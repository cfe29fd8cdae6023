package org.mekong.registry.caller;

import com.nimbusds.jwt.SignedJWT;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.AccessRefused;
import org.mekong.resourceserver.AccessRule;
import org.mekong.resourceserver.BoundToken;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.ProtectedRequest;

/** Decides on the credentials of a request by the rules of the resource-server library. */
@ApplicationScoped
public class TokenGuard {

  private final DpopProofVerifier verifier;
  private final URI base;

  TokenGuard(DpopProofVerifier verifier, CallerConfig config) {
    this.verifier = verifier;
    this.base = config.baseUrl();
  }

  /**
   * Checks how a token is sent, and that its proof can be read at all: Quarkus OIDC fails on one
   * that cannot.
   *
   * @throws AccessRefused unless it comes once, in the DPoP scheme, in the header, with one proof
   */
  void requireScheme(RoutingContext context) throws AccessRefused {
    ProtectedRequest request = request(context);
    request.token();
    if (request.proofs().isEmpty()) {
      throw new AccessRefused(AccessRule.PROOF_MISSING);
    }
    if (request.proofs().size() > 1) {
      throw new AccessRefused(AccessRule.PROOF_DUPLICATED);
    }
    try {
      SignedJWT proof = SignedJWT.parse(request.proofs().getFirst());
      if (proof.getHeader().getJWK() == null || proof.getJWTClaimsSet().getClaims().isEmpty()) {
        throw new AccessRefused(AccessRule.PROOF_MALFORMED);
      }
    } catch (ParseException malformed) {
      throw new AccessRefused(AccessRule.PROOF_MALFORMED, malformed);
    }
  }

  /**
   * Checks the proof that comes with a verified token, and spends it.
   *
   * @throws AccessRefused naming the rule
   */
  void requireProof(RoutingContext context, JsonWebToken token) throws AccessRefused {
    ProtectedRequest request = request(context);
    String thumbprint =
        token.<Object>getClaim("cnf") instanceof Map<?, ?> cnf ? text(cnf.get("jkt")) : "";
    String client = text(token.<Object>getClaim("client_id"));
    verifier.verify(request, new BoundToken(request.token(), thumbprint, client));
  }

  private ProtectedRequest request(RoutingContext context) {
    var headers = context.request().headers();
    return new ProtectedRequest(
        context.request().method().name(),
        base.resolve(URI.create(context.request().uri())),
        headers.getAll("Authorization"),
        headers.getAll("DPoP"));
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case JsonString string -> string.getString();
      default -> value.toString();
    };
  }
}
