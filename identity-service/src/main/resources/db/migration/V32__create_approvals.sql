-- What two administrators do together, and how a node begins with one.

-- One row. While two_since is empty one administrator does alone what later takes two.
CREATE TABLE administration (
    single    boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    two_since timestamptz
);
INSERT INTO administration DEFAULT VALUES;

-- The token that makes an administrator where there is none: one at a time, its digest only.
CREATE TABLE setup_token (
    single     boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    digest     bytea       NOT NULL CHECK (length(digest) = 32),
    expires_at timestamptz NOT NULL
);

CREATE TABLE proposal (
    id          uuid        NOT NULL PRIMARY KEY,
    act         text        NOT NULL,
    target      text        NOT NULL,
    content     jsonb       NOT NULL,
    proposed_by text        NOT NULL,
    proposed_at timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    status      text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected')),
    decided_by  text,
    decided_at  timestamptz,
    CHECK ((status = 'pending') = (decided_by IS NULL)),
    CHECK (status <> 'approved' OR decided_by <> proposed_by)
);

CREATE INDEX proposal_pending ON proposal (id) WHERE status = 'pending';

