-- Whom the end of a session is still to be told (OpenID Connect Back-Channel Logout).
CREATE TABLE logout_notice (
    id         uuid        NOT NULL PRIMARY KEY,
    client_id  text        NOT NULL REFERENCES client (id),
    subject    text        NOT NULL,
    session    text        NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX logout_notice_next_at ON logout_notice (next_at);
