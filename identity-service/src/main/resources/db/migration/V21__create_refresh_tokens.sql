-- By which refresh token a client goes on using a grant. Only the token's digest is kept.
CREATE TABLE refresh_token (
    digest     bytea       NOT NULL PRIMARY KEY CHECK (octet_length(digest) = 32),
    grant_id   uuid        NOT NULL,
    client_id  text        NOT NULL REFERENCES client (id),
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX refresh_token_grant ON refresh_token (grant_id);
CREATE INDEX refresh_token_expires_at ON refresh_token (expires_at);

-- Grants and single access tokens that are no longer good, until nothing of them could be good anyway.
CREATE TABLE revoked_grant (
    grant_id   uuid        NOT NULL PRIMARY KEY,
    revoked_at timestamptz NOT NULL,
    forget_at  timestamptz NOT NULL
);

CREATE INDEX revoked_grant_forget_at ON revoked_grant (forget_at);

CREATE TABLE revoked_token (
    jti        text        NOT NULL PRIMARY KEY,
    revoked_at timestamptz NOT NULL,
    forget_at  timestamptz NOT NULL
);

CREATE INDEX revoked_token_forget_at ON revoked_token (forget_at);
