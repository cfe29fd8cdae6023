-- People: citizens, officers and administrators, and by what they prove who they are.

CREATE TABLE account (
    id          uuid        NOT NULL PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('citizen', 'officer', 'administrator')),
    user_name   text        UNIQUE CHECK (user_name ~ '^[a-z][a-z0-9._-]{2,62}$'),
    -- HMAC-SHA256 of the personal number under a key that never enters the database: it finds, and tells nothing.
    number_hash bytea       UNIQUE CHECK (length(number_hash) = 32),
    number_jwe  text,
    name        text        NOT NULL DEFAULT '' CHECK (length(name) <= 200),
    agency_id   text        REFERENCES agency (id),
    office      text        NOT NULL DEFAULT '' CHECK (length(office) <= 100),
    roles       text[]      NOT NULL DEFAULT '{}',
    assurance   text        NOT NULL CHECK (assurance IN ('low', 'substantial', 'high')),
    status      text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'closed')),
    version     integer     NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CHECK ((kind = 'citizen') = (number_hash IS NOT NULL)),
    CHECK ((kind = 'citizen') = (number_jwe IS NOT NULL)),
    CHECK ((kind = 'citizen') = (user_name IS NULL)),
    CHECK ((kind = 'officer') = (agency_id IS NOT NULL)),
    CHECK (kind <> 'citizen' OR roles = '{}')
);

CREATE INDEX account_kind ON account (kind, id);
CREATE INDEX account_agency ON account (agency_id);

-- Argon2id, with the costs it was made at, so that they can be raised.
CREATE TABLE account_password (
    account_id uuid        NOT NULL PRIMARY KEY REFERENCES account (id),
    salt       bytea       NOT NULL,
    hash       bytea       NOT NULL,
    memory_kib integer     NOT NULL,
    iterations integer     NOT NULL,
    lanes      integer     NOT NULL,
    set_at     timestamptz NOT NULL
);

-- The shared secret of RFC 6238, as a JWE.
CREATE TABLE account_totp (
    account_id  uuid        NOT NULL PRIMARY KEY REFERENCES account (id),
    secret_jwe  text        NOT NULL,
    enrolled_at timestamptz NOT NULL
);
