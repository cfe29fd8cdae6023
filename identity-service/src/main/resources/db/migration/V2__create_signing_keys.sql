-- The keys that tokens are signed with. The private half is a JWE (dir, A256GCM) under the key
-- encryption key, which never enters the database.
CREATE TABLE signing_key (
    kid         text        NOT NULL PRIMARY KEY,
    algorithm   text        NOT NULL,
    public_jwk  jsonb       NOT NULL,
    private_jwe text        NOT NULL,
    status      text        NOT NULL CHECK (status IN ('next', 'current', 'retired')),
    created_at  timestamptz NOT NULL,
    retired_at  timestamptz
);

-- One key signs at a time, whatever number of replicas starts at once.
CREATE UNIQUE INDEX signing_key_one_current ON signing_key (algorithm) WHERE status = 'current';
