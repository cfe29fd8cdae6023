package org.mekong.identity.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.account.Account;
import org.mekong.identity.client.Client;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.key.SigningKeys;
import org.mekong.identity.subject.PairwiseNames;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * Whether somebody is whom a client expects: by an ID token that we gave this client once, however
 * long ago (OpenID Connect Core section 3.1.2.1), or by a subject that it names (section 5.5.1).
 */
@Singleton
class Hints {
  private final SigningKeys keys;
  private final PairwiseNames names;
  private final IssuerAddress issuer;

  Hints(SigningKeys keys, PairwiseNames names, IssuerAddress issuer) {
    this.keys = keys;
    this.names = names;
    this.issuer = issuer;
  }

  /** Whether the person is the one named; true when nobody is. */
  boolean fit(AskedFor asked, Client client, Account account) {
    String name = names.subject(client, account.id());
    return asked.requiredSubject().map(name::equals).orElse(true)
        && asked
            .idTokenHint()
            .map(hint -> subject(hint, client).equals(Optional.of(name)))
            .orElse(true);
  }

  /** The subject of an ID token of ours for a client; empty when it is none. */
  private Optional<String> subject(JWT hint, Client client) {
    try {
      if (!(hint instanceof SignedJWT signed)) {
        return Optional.empty();
      }
      JWK key = keys.published().getKeyByKeyId(signed.getHeader().getKeyID());
      if (key == null
          || !JwsKeys.fits(signed.getHeader().getAlgorithm(), key)
          || !signed.verify(JwsKeys.verifier(key))) {
        return Optional.empty();
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      boolean ours =
          issuer.issuer().toString().equals(claims.getIssuer())
              && claims.getAudience().contains(client.id());
      return ours ? Optional.ofNullable(claims.getSubject()) : Optional.empty();
    } catch (ParseException | JOSEException notOurs) {
      return Optional.empty();
    }
  }
}
