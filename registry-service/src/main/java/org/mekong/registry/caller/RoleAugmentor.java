package org.mekong.registry.caller;

import io.quarkus.security.credential.CertificateCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Turns what a caller proved into roles: the scopes of a token, or the gateway for the one
 * configured certificate subject. Whatever roles the platform found are dropped.
 */
@ApplicationScoped
public class RoleAugmentor implements SecurityIdentityAugmentor {

  private final Optional<X500Principal> gateway;

  RoleAugmentor(CallerConfig config) {
    gateway = config.gateway().subject().map(X500Principal::new);
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (identity.isAnonymous()) {
      return Uni.createFrom().item(identity);
    }
    QuarkusSecurityIdentity.Builder builder =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(identity.getPrincipal())
            .addRoles(roles(identity))
            .addAttributes(identity.getAttributes());
    identity.getCredentials().forEach(builder::addCredential);
    return Uni.createFrom().item(builder.build());
  }

  private Set<String> roles(SecurityIdentity identity) {
    if (identity.getPrincipal() instanceof AccessPrincipal) {
      return identity.getRoles();
    }
    CertificateCredential certificate = identity.getCredential(CertificateCredential.class);
    boolean known =
        certificate != null
            && gateway
                .filter(certificate.getCertificate().getSubjectX500Principal()::equals)
                .isPresent();
    return known ? Set.of(Roles.GATEWAY) : Set.of();
  }
}
