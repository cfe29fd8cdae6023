package org.mekong.identity.introspection;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.minidev.json.JSONArray;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.authorization.Grants;
import org.mekong.identity.client.Client;
import org.mekong.identity.issued.IssuedTokens;
import org.mekong.identity.issued.RefreshTokens;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.permission.ServedResources;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * Says whether a token is good, and what it says, to the client that holds it and to the service
 * that it is meant for. To anybody else, and of anything else, it says that it is not (RFC 7662
 * section 2.2).
 */
@Singleton
class Introspection {
  private static final List<String> PASSED_ON =
      List.of("agency", "agency_class", "country", "roles", "office", "account_kind", "amr", "act");

  private final IssuedTokens tokens;
  private final RefreshTokens refreshTokens;
  private final ServedResources services;
  private final IssuerAddress issuer;

  Introspection(
      IssuedTokens tokens,
      RefreshTokens refreshTokens,
      ServedResources services,
      IssuerAddress issuer) {
    this.tokens = tokens;
    this.refreshTokens = refreshTokens;
    this.services = services;
    this.issuer = issuer;
  }

  TokenIntrospectionSuccessResponse of(Connection connection, Client client, String token)
      throws SQLException {
    Optional<UUID> grant = refreshTokens.grantOf(connection, token, client.id());
    if (grant.isPresent()) {
      return refreshToken(connection, client, grant.get());
    }
    Optional<VerifiedAccess> access =
        tokens.good(connection, token).filter(good -> concerns(client, good));
    return access.isPresent() ? accessToken(access.get()) : inactive();
  }

  private boolean concerns(Client client, VerifiedAccess access) {
    return access.clientId().equals(client.id())
        || services.of(client).map(resource -> audience(access).contains(resource)).orElse(false);
  }

  private TokenIntrospectionSuccessResponse refreshToken(
      Connection connection, Client client, UUID id) throws SQLException {
    Optional<AuthorizationGrant> grant = Grants.find(connection, id);
    if (grant.isEmpty() || Revocations.revoked(connection, id)) {
      return inactive();
    }
    return new TokenIntrospectionSuccessResponse.Builder(true)
        .issuer(new Issuer(issuer.issuer()))
        .clientID(new ClientID(client.id()))
        .scope(Scope.parse(grant.get().scopes().stream().sorted().toList()))
        .expirationTime(Date.from(grant.get().expiresAt()))
        .build();
  }

  private static TokenIntrospectionSuccessResponse accessToken(VerifiedAccess access) {
    Map<String, Object> claims = access.claims();
    TokenIntrospectionSuccessResponse.Builder answer =
        new TokenIntrospectionSuccessResponse.Builder(true)
            .issuer(new Issuer((String) claims.get("iss")))
            .subject(new Subject(access.subject()))
            .clientID(new ClientID(access.clientId()))
            .audience(audience(access))
            .scope(Scope.parse(access.scopes().stream().sorted().toList()))
            .jwtID(new JWTID((String) claims.get("jti")))
            .issueTime((Date) claims.get("iat"))
            .expirationTime(Date.from(access.expiresAt()));
    confirmation(answer, access);
    details(answer, access);
    for (String claim : PASSED_ON) {
      if (claims.get(claim) != null) {
        answer.parameter(claim, claims.get(claim));
      }
    }
    access.text("acr").map(com.nimbusds.openid.connect.sdk.claims.ACR::new).ifPresent(answer::acr);
    if (claims.get("auth_time") instanceof Number seconds) {
      answer.authenticationTime(new Date(seconds.longValue() * 1000));
    }
    return answer.build();
  }

  private static void confirmation(
      TokenIntrospectionSuccessResponse.Builder answer, VerifiedAccess access) {
    if (!access.thumbprint().isEmpty()) {
      answer
          .tokenType(AccessTokenType.DPOP)
          .jwkThumbprintConfirmation(
              new JWKThumbprintConfirmation(new Base64URL(access.thumbprint())));
    } else {
      answer.tokenType(AccessTokenType.BEARER).parameter("cnf", access.claims().get("cnf"));
    }
  }

  private static void details(
      TokenIntrospectionSuccessResponse.Builder answer, VerifiedAccess access) {
    if (!access.authorizationDetails().isEmpty()) {
      JSONArray details = new JSONArray();
      details.addAll(access.authorizationDetails());
      try {
        answer.authorizationDetails(AuthorizationDetail.parseList(details.toJSONString()));
      } catch (ParseException impossible) {
        throw new IllegalStateException("details of our own", impossible);
      }
    }
  }

  private static List<Audience> audience(VerifiedAccess access) {
    return access.claims().get("aud") instanceof List<?> list
        ? list.stream().map(Object::toString).map(Audience::new).toList()
        : List.of(new Audience(String.valueOf(access.claims().get("aud"))));
  }

  private static TokenIntrospectionSuccessResponse inactive() {
    return new TokenIntrospectionSuccessResponse.Builder(false).build();
  }
}
