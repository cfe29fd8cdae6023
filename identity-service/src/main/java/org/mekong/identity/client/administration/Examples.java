package org.mekong.identity.client.administration;

/** What the OpenAPI document shows of clients. */
final class Examples {
  private static final String KEY =
      """
      {"keys": [{"kty": "EC", "crv": "P-256", "kid": "1",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}\
      """;
  private static final String MEMBERS =
      """
      "clientId": "vn-quang-tri-desk", "agencyId": "vn-quang-tri-civil-registry",
       "name": "Registry desk, Quảng Trị", "tokenEndpointAuthMethod": "private_key_jwt",
       "jwks": """
          + KEY
          + """
      ,
       "grantTypes": ["authorization_code", "client_credentials"], "scopes": ["lookup", "openid"],
       "resources": ["https://localhost:8113"],
       "authorizationDetails": [{"type": "population_lookup", "purpose": "marriage",
         "legalBasis": "Law 60/2014/QH13, article 18", "countries": ["LA"], "kinds": ["verify"],
         "fields": ["alive", "age_over", "married"]}],
       "redirectUris": ["https://desk.quangtri.example/signed-in"],
       "postLogoutRedirectUris": ["https://desk.quangtri.example/"],
       "backchannelLogoutUri": "https://desk.quangtri.example/logout",
       "idTokenSignedResponseAlg": "ES256", "quotas": {"lookupsPerDay": 5000},
       "contacts": ["desk@quangtri.example"], "validUntil": "2031-12-31T00:00:00Z"
      """;
  private static final String REST =
      """
      , "validFrom": "2026-11-21T09:30:00Z", "version": 1, "createdAt": "2026-11-21T09:30:00Z"}
      """;

  static final String REGISTER = "{" + MEMBERS + "}";
  static final String KEYS = "{\"jwks\": " + KEY + "}";
  static final String CLIENT = "{" + MEMBERS + ", \"status\": \"active\"" + REST;
  static final String SUSPENDED = "{" + MEMBERS + ", \"status\": \"suspended\"" + REST;
  static final String PAGE = "{\"items\": [" + CLIENT + "], \"next\": \"dm4tcXVhbmc\"}";

  private Examples() {}
}
