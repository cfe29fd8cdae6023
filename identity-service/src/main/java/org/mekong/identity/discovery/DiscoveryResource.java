package org.mekong.identity.discovery;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.langtag.LangTag;
import com.nimbusds.langtag.LangTagException;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.ClaimType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.client.LookupPermission;
import org.mekong.identity.client.RegisterClient;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.key.JwsKeys;

/** What this issuer can do, as OpenID Connect Discovery and RFC 8414 tell it. */
@Path("/.well-known")
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "discovery")
public class DiscoveryResource {
  private static final List<String> CLAIMS =
      List.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "iat",
          "nonce",
          "sid",
          "auth_time",
          "acr",
          "amr",
          "account_kind",
          "roles",
          "office");

  private final String document;

  DiscoveryResource(IssuerAddress issuer) {
    this.document = metadata(issuer).toJSONObject().toJSONString();
  }

  @GET
  @Path("/openid-configuration")
  @Operation(summary = "OpenID Connect Discovery")
  public Response openIdConfiguration() {
    return answer();
  }

  @GET
  @Path("/oauth-authorization-server")
  @Operation(summary = "RFC 8414 metadata")
  public Response authorizationServer() {
    return answer();
  }

  private Response answer() {
    return Response.ok(document, MediaType.APPLICATION_JSON)
        .header("Cache-Control", "public, max-age=300")
        .build();
  }

  private static OIDCProviderMetadata metadata(IssuerAddress issuer) {
    OIDCProviderMetadata metadata =
        new OIDCProviderMetadata(
            new Issuer(issuer.issuer()), List.of(SubjectType.PAIRWISE), issuer.at("/jwks"));
    endpoints(metadata, issuer);
    metadata.setGrantTypes(
        List.of(
            GrantType.AUTHORIZATION_CODE,
            GrantType.REFRESH_TOKEN,
            GrantType.CLIENT_CREDENTIALS,
            GrantType.TOKEN_EXCHANGE));
    metadata.setResponseTypes(List.of(ResponseType.CODE));
    metadata.setResponseModes(List.of(ResponseMode.QUERY));
    metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
    metadata.setSupportsAuthorizationResponseIssuerParam(true);
    metadata.requiresPushedAuthorizationRequests(true);
    metadata.setSupportsRequestParam(false);
    metadata.setSupportsRequestURIParam(false);
    metadata.setSupportsClaimsParams(false);
    metadata.setSupportsTLSClientCertificateBoundAccessTokens(true);
    metadata.setSupportsBackChannelLogout(true);
    metadata.setSupportsBackChannelLogoutSession(true);
    algorithms(metadata);
    metadata.setScopes(new Scope(RegisterClient.SCOPES.stream().sorted().toArray(String[]::new)));
    metadata.setACRs(Arrays.stream(Assurance.values()).map(Assurance::acr).map(ACR::new).toList());
    metadata.setClaims(CLAIMS);
    metadata.setClaimTypes(List.of(ClaimType.NORMAL));
    metadata.setAuthorizationDetailsTypes(List.of(new AuthorizationType(LookupPermission.TYPE)));
    metadata.setServiceDocsURI(issuer.at("/q/swagger-ui"));
    metadata.setUILocales(languages());
    metadata.setCustomParameter("protected_resources", issuer.audiences()); // RFC 9728 section 4
    return metadata;
  }

  private static void endpoints(OIDCProviderMetadata metadata, IssuerAddress issuer) {
    metadata.setAuthorizationEndpointURI(issuer.at("/authorize"));
    metadata.setPushedAuthorizationRequestEndpointURI(issuer.at("/par"));
    metadata.setTokenEndpointURI(issuer.at("/token"));
    metadata.setUserInfoEndpointURI(issuer.at("/userinfo"));
    metadata.setIntrospectionEndpointURI(issuer.at("/introspect"));
    metadata.setRevocationEndpointURI(issuer.at("/revoke"));
    metadata.setEndSessionEndpointURI(issuer.at("/logout"));
    List<ClientAuthenticationMethod> methods =
        List.of(
            ClientAuthenticationMethod.PRIVATE_KEY_JWT, ClientAuthenticationMethod.TLS_CLIENT_AUTH);
    metadata.setTokenEndpointAuthMethods(methods);
    metadata.setIntrospectionEndpointAuthMethods(methods);
    metadata.setRevocationEndpointAuthMethods(methods);
  }

  private static void algorithms(OIDCProviderMetadata metadata) {
    List<JWSAlgorithm> algorithms = List.copyOf(JwsKeys.ALGORITHMS);
    metadata.setIDTokenJWSAlgs(algorithms);
    // The library reads no assertion by EdDSA.
    List<JWSAlgorithm> assertions = List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
    metadata.setTokenEndpointJWSAlgs(assertions);
    metadata.setIntrospectionEndpointJWSAlgs(assertions);
    metadata.setRevocationEndpointJWSAlgs(assertions);
    metadata.setDPoPJWSAlgs(List.copyOf(DpopProofVerifier.ALGORITHMS));
  }

  private static List<LangTag> languages() {
    List<LangTag> languages = new ArrayList<>();
    try {
      for (String language : List.of("vi", "lo", "en")) {
        languages.add(LangTag.parse(language));
      }
      return languages;
    } catch (LangTagException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
