-- A person's way through an authorization (RFC 6749 section 4.1, pushed by RFC 9126). What a browser
-- or a client must show to come back (request_uri, interaction, cookie, code) is kept as SHA-256 only.

-- Somebody who signed in by a browser.
CREATE TABLE browser_session (
    id            uuid        NOT NULL PRIMARY KEY,
    secret_digest bytea       NOT NULL UNIQUE CHECK (octet_length(secret_digest) = 32),
    account_id    uuid        NOT NULL,
    acr           text        NOT NULL,
    amr           text[]      NOT NULL,
    auth_time     timestamptz NOT NULL,
    created_at    timestamptz NOT NULL,
    seen_at       timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    ended_at      timestamptz
);

CREATE INDEX browser_session_account ON browser_session (account_id, created_at);
CREATE INDEX browser_session_expires_at ON browser_session (expires_at);

-- What a client pushed, until a person decides on it.
CREATE TABLE pushed_request (
    digest     bytea       NOT NULL PRIMARY KEY CHECK (octet_length(digest) = 32),
    client_id  text        NOT NULL REFERENCES client (id),
    request    jsonb       NOT NULL,
    dpop_jkt   text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX pushed_request_expires_at ON pushed_request (expires_at);

-- A pushed request as one browser shows it to one person. It lives longer than the request_uri it
-- was opened by, because people take their time.
CREATE TABLE interaction (
    digest          bytea       NOT NULL PRIMARY KEY CHECK (octet_length(digest) = 32),
    browser_digest  bytea       NOT NULL CHECK (octet_length(browser_digest) = 32),
    pushed_digest   bytea       NOT NULL,
    client_id       text        NOT NULL REFERENCES client (id),
    request         jsonb       NOT NULL,
    dpop_jkt        text,
    language        text        NOT NULL CHECK (language IN ('vi', 'lo', 'en')),
    session_id      uuid,
    consent         text        CHECK (consent IN ('granted', 'denied')),
    consent_of      uuid,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL
);

CREATE INDEX interaction_expires_at ON interaction (expires_at);

-- What a person granted a client, and the code by which the client fetches it.
CREATE TABLE authorization_grant (
    id                    uuid        NOT NULL PRIMARY KEY,
    code_digest           bytea       NOT NULL UNIQUE CHECK (octet_length(code_digest) = 32),
    code_expires_at       timestamptz NOT NULL,
    client_id             text        NOT NULL REFERENCES client (id),
    account_id            uuid        NOT NULL,
    session_id            uuid        NOT NULL,
    scopes                text[]      NOT NULL,
    authorization_details jsonb       NOT NULL DEFAULT '[]',
    resources             text[]      NOT NULL DEFAULT '{}',
    claims                jsonb,
    redirect_uri          text        NOT NULL,
    nonce                 text,
    code_challenge        text        NOT NULL,
    dpop_jkt              text,
    acr                   text        NOT NULL,
    amr                   text[]      NOT NULL,
    auth_time             timestamptz NOT NULL,
    created_at            timestamptz NOT NULL,
    expires_at            timestamptz NOT NULL
);

CREATE INDEX authorization_grant_session ON authorization_grant (session_id);
CREATE INDEX authorization_grant_account ON authorization_grant (account_id, client_id);
CREATE INDEX authorization_grant_expires_at ON authorization_grant (expires_at);

-- What a person allowed a client once, so that they are not asked again for the same.
CREATE TABLE consent (
    account_id   uuid        NOT NULL,
    client_id    text        NOT NULL REFERENCES client (id),
    scopes       text[]      NOT NULL,
    details      text[]      NOT NULL DEFAULT '{}',
    given_at     timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, client_id)
);

-- How often a sign-in failed, by who tried what from where; the key is a keyed hash.
CREATE TABLE sign_in_attempts (
    bucket     bytea       NOT NULL PRIMARY KEY CHECK (octet_length(bucket) = 32),
    failures   integer     NOT NULL,
    free_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX sign_in_attempts_expires_at ON sign_in_attempts (expires_at);

-- In which browsers somebody signed in before; the key is a keyed hash of browser and name.
CREATE TABLE known_device (
    bucket     bytea       NOT NULL PRIMARY KEY CHECK (octet_length(bucket) = 32),
    expires_at timestamptz NOT NULL
);

CREATE INDEX known_device_expires_at ON known_device (expires_at);

CREATE INDEX consent_expires_at ON consent (expires_at);
