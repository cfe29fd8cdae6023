package org.mekong.identity.introspection;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mekong.identity.oauth.OAuthForm;
import org.mekong.identity.oauth.OAuthRefused;

/**
 * The form of a request about a token, for the OpenAPI document: the request is read by OAuthForm.
 */
@Schema(name = "TokenParameter")
record TokenParameter(
    @Schema(required = true) String token,
    @Schema(example = "access_token") String token_type_hint,
    @Schema(example = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        String client_assertion_type,
    @Schema(description = "JWT: iss and sub the client_id, aud the issuer, jti, exp")
        String client_assertion) {

  static String read(OAuthForm form) throws OAuthRefused {
    String token = form.first("token");
    if (token.isEmpty()) {
      throw OAuthRefused.request("request/missing", "The parameter token is missing.");
    }
    return token;
  }
}
