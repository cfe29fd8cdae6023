-- Lookups that an agency sent with an Idempotency-Key: the same key brings the first outcome, and
-- a lookup without an outcome is sent again as it was, not anew. The body is known by a salted
-- digest alone; the outcome holds personal data and is erased soon
-- (gateway.lookup.outcome-retention), and so is the signed request with it.
CREATE TABLE keyed_lookup (
  client_id text NOT NULL,
  idempotency_key text NOT NULL,
  request_id uuid NOT NULL UNIQUE,
  salt bytea NOT NULL,
  body_digest bytea NOT NULL,
  created_at timestamptz NOT NULL,
  claimed_until timestamptz NOT NULL,
  signed_request text,
  request_entry text,
  outcome text,
  answer_entry text,
  finished_at timestamptz,
  PRIMARY KEY (client_id, idempotency_key)
);

CREATE INDEX keyed_lookup_created_at ON keyed_lookup (created_at);
