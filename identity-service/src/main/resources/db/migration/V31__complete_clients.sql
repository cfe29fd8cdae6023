-- What a client's registration says besides its keys and permissions.

ALTER TABLE client
    ADD COLUMN jwks_uri                  text CHECK (length(jwks_uri) <= 500),
    ADD COLUMN tls_client_auth_subject   text CHECK (length(tls_client_auth_subject) <= 500),
    ADD COLUMN post_logout_redirect_uris text[]  NOT NULL DEFAULT '{}',
    ADD COLUMN backchannel_logout_uri    text CHECK (length(backchannel_logout_uri) <= 500),
    ADD COLUMN id_token_alg              text    NOT NULL DEFAULT 'ES256'
        CHECK (id_token_alg IN ('ES256', 'PS256', 'EdDSA')),
    ADD COLUMN quotas                    jsonb   NOT NULL DEFAULT '{}',
    ADD COLUMN contacts                  text[]  NOT NULL DEFAULT '{}',
    -- The administrator whose system it is, where it may administer.
    ADD COLUMN holder                    uuid REFERENCES account (id),
    ADD CHECK (token_endpoint_auth_method IN ('private_key_jwt', 'tls_client_auth')),
    ADD CHECK ((token_endpoint_auth_method = 'tls_client_auth') = (tls_client_auth_subject IS NOT NULL));
