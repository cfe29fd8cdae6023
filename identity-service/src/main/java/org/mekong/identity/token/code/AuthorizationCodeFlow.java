package org.mekong.identity.token.code;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.authorization.Codes;
import org.mekong.identity.authorization.Redemption;
import org.mekong.identity.client.Client;
import org.mekong.identity.issued.RefreshTokens;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.oauth.Binding;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.subject.PairwiseNames;
import org.mekong.identity.token.grant.Attempt;
import org.mekong.identity.token.grant.Decision;
import org.mekong.identity.token.grant.Grant;
import org.mekong.identity.token.grant.GrantFlow;
import org.mekong.identity.token.grant.PersonGrants;
import org.mekong.identity.token.signing.IdTokenSigner;

/**
 * Redeems authorization codes: once, by the client and, where it was bound, the key that they were
 * made for, with the verifier of the challenge (RFC 7636) and the same redirection address. A code
 * that comes again takes back all that was issued by it (RFC 6749 section 4.1.2).
 */
@Singleton
public class AuthorizationCodeFlow implements GrantFlow {
  private final Codes codes;
  private final Revocations revocations;
  private final PersonGrants grants;
  private final RefreshTokens refreshTokens;
  private final IdTokens idTokens;

  /** Signs what is said of the person to the client. */
  @Singleton
  record IdTokens(IdTokenSigner signer, PairwiseNames names) {
    Optional<String> of(Client client, Grant grant, AuthorizationGrant granted) {
      return grant.scopes().contains("openid")
          ? Optional.of(
              signer.sign(
                  client,
                  grant.person().orElseThrow(),
                  names.session(client, granted.sessionId()),
                  granted.nonce()))
          : Optional.empty();
    }
  }

  AuthorizationCodeFlow(
      Codes codes,
      Revocations revocations,
      PersonGrants grants,
      RefreshTokens refreshTokens,
      IdTokens idTokens) {
    this.codes = codes;
    this.revocations = revocations;
    this.grants = grants;
    this.refreshTokens = refreshTokens;
    this.idTokens = idTokens;
  }

  @Override
  public String grantType() {
    return GrantType.AUTHORIZATION_CODE.getValue();
  }

  @Override
  public Decision decide(Attempt attempt) throws OAuthRefused, SQLException {
    AuthorizationCodeGrant code =
        (AuthorizationCodeGrant) attempt.request().getAuthorizationGrant();
    Redemption redemption =
        codes.redeem(
            attempt.connection(), code.getAuthorizationCode().getValue(), attempt.client().id());
    return switch (redemption) {
      case Redemption.Unknown unknown -> throw PersonGrants.invalid("code/unknown");
      case Redemption.Reused reused -> {
        revocations.revokeGrant(attempt.transaction(), reused.grantId(), "code-reused");
        throw PersonGrants.invalid("code/reused");
      }
      case Redemption.Redeemed redeemed -> tokens(attempt, code, redeemed.grant());
    };
  }

  private Decision tokens(Attempt attempt, AuthorizationCodeGrant code, AuthorizationGrant granted)
      throws OAuthRefused, SQLException {
    requireSameRedirection(code, granted);
    requireVerifier(code.getCodeVerifier(), granted);
    requireKey(attempt.binding(), granted);
    Client client = attempt.client();
    Grant grant = grants.of(attempt.connection(), client, granted, attempt.request());
    Optional<String> refreshToken =
        client.grantTypes().contains(GrantType.REFRESH_TOKEN.getValue())
            ? Optional.of(refreshTokens.issue(attempt.connection(), granted))
            : Optional.empty();
    return new Decision(grant, refreshToken, idTokens.of(client, grant, granted), false);
  }

  private static void requireSameRedirection(
      AuthorizationCodeGrant code, AuthorizationGrant granted) throws OAuthRefused {
    if (code.getRedirectionURI() == null
        || !granted.redirectUri().equals(code.getRedirectionURI().toString())) {
      throw PersonGrants.invalid("code/redirect-uri");
    }
  }

  private static void requireVerifier(@Nullable CodeVerifier verifier, AuthorizationGrant granted)
      throws OAuthRefused {
    if (verifier == null
        || !MessageDigest.isEqual(
            ascii(CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue()),
            ascii(granted.codeChallenge()))) {
      throw PersonGrants.invalid("code/verifier");
    }
  }

  /** RFC 9449 section 10: a code that was bound to a key is redeemed with a proof of that key. */
  private static void requireKey(Binding binding, AuthorizationGrant granted) throws OAuthRefused {
    if (granted.dpopJkt().isPresent()
        && !binding.equals(new Binding.ToKey(granted.dpopJkt().get()))) {
      throw PersonGrants.invalid("code/other-key");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
