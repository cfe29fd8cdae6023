package org.mekong.identity.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.langtag.LangTag;
import com.nimbusds.langtag.LangTagException;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.client.LookupPermission;
import org.mekong.identity.client.RegisterClient;
import org.mekong.resourceserver.DpopProofVerifier;

/** What this issuer can do, as OpenID Connect Discovery and RFC 8414 tell it. */
@Path("/.well-known")
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "discovery")
public class DiscoveryResource {
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
    List<JWSAlgorithm> algorithms = List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
    OIDCProviderMetadata metadata =
        new OIDCProviderMetadata(
            new Issuer(issuer.issuer()), List.of(SubjectType.PAIRWISE), issuer.at("/jwks"));
    metadata.setTokenEndpointURI(issuer.at("/token"));
    metadata.setGrantTypes(List.of(GrantType.CLIENT_CREDENTIALS));
    metadata.setResponseTypes(List.of());
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.ES256));
    metadata.setTokenEndpointAuthMethods(List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
    metadata.setTokenEndpointJWSAlgs(algorithms);
    metadata.setDPoPJWSAlgs(List.copyOf(DpopProofVerifier.ALGORITHMS));
    metadata.setScopes(new Scope(RegisterClient.SCOPES.stream().sorted().toArray(String[]::new)));
    metadata.setAuthorizationDetailsTypes(List.of(new AuthorizationType(LookupPermission.TYPE)));
    metadata.setServiceDocsURI(issuer.at("/q/swagger-ui"));
    metadata.setUILocales(languages());
    metadata.setSupportsRequestURIParam(false);
    metadata.setCustomParameter("protected_resources", issuer.audiences()); // RFC 9728 section 4
    return metadata;
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
