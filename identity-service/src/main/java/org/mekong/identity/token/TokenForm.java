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
    @Schema(example = "lookup") String scope,
    @Schema(example = "https://localhost:8113", description = "RFC 8707") String resource,
    @Schema(
            description = "RFC 9396, a JSON array",
            example =
                "[{\"type\":\"population_lookup\",\"purpose\":\"marriage\",\"countries\":[\"LA\"],"
                    + "\"kinds\":[\"verify\"],\"fields\":[\"alive\"]}]")
        String authorization_details) {}
