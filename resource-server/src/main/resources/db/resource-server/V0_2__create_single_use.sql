-- What may be used once: identifiers of DPoP proofs and client assertions, codes, nonces.
-- Only digests are kept. The primary key is what makes the use single.
CREATE TABLE single_use (
    digest     bytea       NOT NULL PRIMARY KEY CHECK (octet_length(digest) = 32),
    expires_at timestamptz NOT NULL
);

CREATE INDEX single_use_expires_at ON single_use (expires_at);
