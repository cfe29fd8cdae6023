-- Codes by which people get their first password, or a new one: at most one an account.
CREATE TABLE activation (
    account_id uuid        NOT NULL PRIMARY KEY REFERENCES account (id),
    digest     bytea       NOT NULL UNIQUE CHECK (length(digest) = 32),
    expires_at timestamptz NOT NULL,
    -- The secret of one-time codes that was offered, as a JWE.
    totp_jwe   text
);
