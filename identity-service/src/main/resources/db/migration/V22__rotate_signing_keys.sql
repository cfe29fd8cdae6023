-- Which key signs and which are published is told by times, so that all replicas change at the same
-- moment without a word between them.
ALTER TABLE signing_key
    ADD COLUMN active_from     timestamptz,
    ADD COLUMN published_until timestamptz;

UPDATE signing_key SET active_from = created_at;
UPDATE signing_key SET published_until = coalesce(retired_at, created_at) WHERE status = 'retired';

ALTER TABLE signing_key ALTER COLUMN active_from SET NOT NULL;

-- Secrets of this node that derive names and nonces; a JWE under the key encryption key.
CREATE TABLE node_secret (
    name       text        NOT NULL PRIMARY KEY,
    secret_jwe text        NOT NULL,
    created_at timestamptz NOT NULL
);
