package org.mekong.registry.caller.token;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.mekong.registry.caller.CallerConfig;
import org.mekong.resourceserver.AccessRefused;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.ProtectedRequest;
import org.mekong.resourceserver.VerifiedAccess;

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
   * Checks how a token is sent.
   *
   * @throws AccessRefused unless it comes once, in the DPoP scheme, in the header
   */
  void requireScheme(RoutingContext context) throws AccessRefused {
    var unused = request(context).token();
  }

  /**
   * Checks the proof that comes with a verified token, and spends it.
   *
   * @throws AccessRefused naming the rule
   */
  void requireProof(RoutingContext context, VerifiedAccess access) throws AccessRefused {
    verifier.verify(request(context), access.bound());
  }

  private ProtectedRequest request(RoutingContext context) {
    var headers = context.request().headers();
    return new ProtectedRequest(
        context.request().method().name(),
        base.resolve(URI.create(context.request().uri())),
        headers.getAll("Authorization"),
        headers.getAll("DPoP"));
  }
}
