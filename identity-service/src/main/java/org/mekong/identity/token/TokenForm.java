package org.mekong.identity.token;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The form of a token request, for the OpenAPI document: the request itself is read by Nimbus. */
@Schema(name = "TokenForm")
record TokenForm(
    @Schema(required = true, example = "client_credentials") String grant_type,
    @Schema(required = true, example = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        String client_assertion_type,
    @Schema(
            required = true,
            description = "JWT: iss and sub the client_id, aud the issuer, jti, exp")
        String client_assertion,
    @Schema(description = "of a client that shows a certificate instead of an assertion")
        String client_id,
    @Schema(example = "lookup") String scope,
    @Schema(example = "https://localhost:8113", description = "RFC 8707") String resource,
    @Schema(
            description = "RFC 9396, a JSON array",
            example =
                "[{\"type\":\"population_lookup\",\"purpose\":\"marriage\",\"countries\":[\"LA\"],"
                    + "\"kinds\":[\"verify\"],\"fields\":[\"alive\"]}]")
        String authorization_details,
    @Schema(description = "authorization_code") String code,
    @Schema(description = "authorization_code: the same as in the pushed request")
        String redirect_uri,
    @Schema(description = "authorization_code: RFC 7636") String code_verifier,
    @Schema(description = "refresh_token") String refresh_token,
    @Schema(description = "token exchange: the person's access token") String subject_token,
    @Schema(
            description = "token exchange",
            example = "urn:ietf:params:oauth:token-type:access_token")
        String subject_token_type) {}
