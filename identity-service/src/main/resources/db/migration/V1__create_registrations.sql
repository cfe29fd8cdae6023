-- Who may ask for tokens: agencies, and the clients (systems) that act for them.

CREATE TABLE agency (
    id           text        NOT NULL PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    agency_class text        NOT NULL CHECK (agency_class ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
    contact      text        NOT NULL DEFAULT '' CHECK (length(contact) <= 200),
    status       text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);

CREATE TABLE client (
    id                         text        NOT NULL PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._-]{1,98}$'),
    agency_id                  text        REFERENCES agency (id),
    name                       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    token_endpoint_auth_method text        NOT NULL DEFAULT 'private_key_jwt',
    grant_types                text[]      NOT NULL DEFAULT '{client_credentials}',
    redirect_uris              text[]      NOT NULL DEFAULT '{}',
    jwks                       jsonb       NOT NULL,
    scopes                     text[]      NOT NULL,
    resources                  text[]      NOT NULL,
    authorization_details      jsonb       NOT NULL DEFAULT '[]',
    status                     text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    valid_from                 timestamptz NOT NULL,
    valid_until                timestamptz,
    version                    integer     NOT NULL DEFAULT 1,
    created_at                 timestamptz NOT NULL,
    updated_at                 timestamptz NOT NULL,
    CHECK (valid_until IS NULL OR valid_until > valid_from)
);

CREATE INDEX client_agency ON client (agency_id);

-- The first outcome of a POST, given again when the same Idempotency-Key comes back.
CREATE TABLE idempotency (
    caller         text        NOT NULL,
    idempotency_key text       NOT NULL,
    request_digest bytea       NOT NULL,
    status         integer     NOT NULL,
    answer         text        NOT NULL,
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (caller, idempotency_key)
);
