package org.mekong.gateway.transport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Makes callers from the default TLS configuration ({@code quarkus.tls.*}). They follow its files
 * without being made anew.
 */
@ApplicationScoped
public class Callers {

  private final TlsMaterial tls;

  @Inject
  public Callers(TlsMaterial tls) {
    this.tls = tls;
  }

  /**
   * A caller that shows our certificate and talks only to servers which the trust store trusts,
   * whose name fits, and whose certificate has this subject.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public Caller pinnedTo(X500Principal subject) {
    return pinnedTo(Set.of(subject));
  }

  /**
   * A caller that shows our certificate and talks only to servers which the trust store trusts,
   * whose name fits, and whose certificate has one of these subjects.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public Caller pinnedTo(Set<X500Principal> subjects) {
    return new Caller(
        Caller.settings()
            .sslContext(tls.mutual(trustStore -> new PinnedSubject(trustStore, subjects)))
            .build());
  }

  /**
   * A caller that shows our certificate and talks only to servers which the trust store trusts and
   * whose name fits.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public Caller trusting() {
    return new Caller(client());
  }

  /**
   * A plain client that shows our certificate and talks only to servers which the trust store
   * trusts and whose name fits: for libraries that call by themselves.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public HttpClient client() {
    return Caller.settings().sslContext(tls.mutual(trustStore -> trustStore)).build();
  }
}
