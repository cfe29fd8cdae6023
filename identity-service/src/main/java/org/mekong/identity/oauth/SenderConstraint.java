package org.mekong.identity.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.journal.Transaction;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.singleuse.SingleUseStore;

/**
 * Finds what a client's tokens are to be bound to: the key of the DPoP proof that it sends (RFC
 * 9449), or, where it sends none, the certificate that it has authenticated by (RFC 8705).
 */
@Singleton
public class SenderConstraint {
  private final DpopNonces nonces;
  private final Clock clock;

  SenderConstraint(DpopNonces nonces, Clock clock) {
    this.nonces = nonces;
    this.clock = clock;
  }

  /**
   * Verifies and spends the proof of a request, or takes the certificate.
   *
   * @throws OAuthRefused {@code invalid_dpop_proof}, {@code use_dpop_nonce}: there is no token that
   *     is bound to nothing
   */
  public Binding bind(Transaction transaction, Client client, URI endpoint, OAuthForm form)
      throws OAuthRefused, SQLException {
    if (form.proofs().isEmpty()
        && client.identity().method().equals(ClientIdentity.TLS_CLIENT_AUTH)
        && form.certificate().isPresent()) {
      return Binding.ToCertificate.of(form.certificate().get());
    }
    return new Binding.ToKey(thumbprint(transaction, client, endpoint, form));
  }

  /**
   * The thumbprint of the key of a proof, where one is sent: a pushed request may have one (RFC
   * 9449 section 10.1).
   */
  public Optional<String> proved(
      Transaction transaction, Client client, URI endpoint, OAuthForm form)
      throws OAuthRefused, SQLException {
    return form.proofs().isEmpty()
        ? Optional.empty()
        : Optional.of(thumbprint(transaction, client, endpoint, form));
  }

  private String thumbprint(Transaction transaction, Client client, URI endpoint, OAuthForm form)
      throws OAuthRefused, SQLException {
    SingleUseStore store =
        (use, until) -> {
          try {
            transaction.spend(use, until);
          } catch (SQLException failed) {
            throw new JournalUnavailable(failed);
          }
        };
    try {
      return new DpopProofVerifier(store, clock)
          .verifyTokenRequest(form.proofs(), endpoint, client.id(), nonces.verifier(transaction));
    } catch (AccessRefused refused) {
      AccessRule rule = refused.rule();
      throw new OAuthRefused(
          rule == AccessRule.PROOF_NONCE ? DpopNonces.USE_NONCE : OAuth2Error.INVALID_DPOP_PROOF,
          "proof/" + rule.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          rule.advice());
    }
  }
}
