package org.mekong.identity.authorization;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The form of a pushed request, for the OpenAPI document: the request itself is read by Nimbus. */
@Schema(name = "PushForm")
record PushForm(
    @Schema(required = true, example = "code") String response_type,
    @Schema(example = "vn-quang-tri-portal") String client_id,
    @Schema(required = true, example = "https://portal.quangtri.example/callback")
        String redirect_uri,
    @Schema(required = true, example = "openid") String scope,
    @Schema(required = true, example = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        String code_challenge,
    @Schema(required = true, example = "S256") String code_challenge_method,
    @Schema(example = "af0ifjsldkj") String state,
    @Schema(example = "n-0S6_WzA2Mj", maxLength = 64) String nonce,
    @Schema(description = "none, login, consent, select_account") String prompt,
    @Schema(description = "Seconds since the person signed in, at most") String max_age,
    @Schema(example = "urn:mekong:loa:substantial") String acr_values,
    @Schema(example = "vi lo en") String ui_locales,
    @Schema(description = "Personal number or user name to be shown on the sign-in page")
        String login_hint,
    @Schema(description = "OpenID Connect Core section 5.5, a JSON object") String claims,
    @Schema(description = "RFC 9396, a JSON array") String authorization_details,
    @Schema(description = "RFC 8707") String resource,
    @Schema(description = "RFC 9449 section 10; the header DPoP does the same") String dpop_jkt,
    @Schema(required = true, example = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        String client_assertion_type,
    @Schema(
            required = true,
            description = "JWT: iss and sub the client_id, aud the issuer, jti, exp")
        String client_assertion) {}
