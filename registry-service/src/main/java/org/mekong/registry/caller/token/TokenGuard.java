package org.mekong.registry.caller.token;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.mekong.registry.caller.CallerConfig;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.sender.SenderVerifier;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.FreshProof;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUseStore;
import org.mekong.resourceserver.singleuse.StoreUnavailable;
import org.mekong.resourceserver.token.VerifiedAccess;

/** Decides on the credentials of a request by the rules of the resource-server library. */
@ApplicationScoped
public class TokenGuard {

  private final SenderVerifier verifier;
  private final SingleUseStore used;
  private final URI base;

  TokenGuard(SenderVerifier verifier, PostgresSingleUseStore used, CallerConfig config) {
    this.verifier = verifier;
    this.used = used;
    this.base = config.baseUrl();
  }

  /**
   * Checks how a token is sent.
   *
   * @throws AccessRefused unless it comes once, in the header, in the DPoP scheme or with a
   *     certificate
   */
  void requireScheme(RoutingContext context) throws AccessRefused {
    var unused = request(context).token();
  }

  /**
   * Checks the proof or the certificate that comes with a verified token.
   *
   * @return what is to be spent, where the token is bound to a key
   * @throws AccessRefused naming the rule
   */
  Optional<FreshProof> requireSender(RoutingContext context, VerifiedAccess access)
      throws AccessRefused {
    return verifier.check(request(context), access);
  }

  /**
   * Spends a proof, durably.
   *
   * @throws AccessRefused when it was spent before
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 when that cannot be told
   */
  void spend(FreshProof proof) throws AccessRefused {
    try {
      used.spend(proof.use(), proof.until());
    } catch (AlreadyUsed replayed) {
      throw new AccessRefused(AccessRule.PROOF_REPLAYED, replayed);
    } catch (StoreUnavailable unavailable) {
      throw Problem.NOT_RECORDED.because("The register could not record the use of the proof.");
    }
  }

  private ProtectedRequest request(RoutingContext context) {
    var headers = context.request().headers();
    return new ProtectedRequest(
        context.request().method().name(),
        base.resolve(URI.create(context.request().uri())),
        headers.getAll("Authorization"),
        headers.getAll("DPoP"),
        certificate(context));
  }

  private static Optional<X509Certificate> certificate(RoutingContext context) {
    SSLSession session = context.request().sslSession();
    try {
      return session == null
          ? Optional.empty()
          : Optional.of((X509Certificate) session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }
}
