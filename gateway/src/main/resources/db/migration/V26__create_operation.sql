-- Lookups whose callers do not wait. The question, with who asks, and the outcome hold personal data:
-- both are sealed under the key-encryption key, and erased soon after the outcome was fetched or its
-- time is over (gateway.operation.*). Whoever is at an operation holds its claim, not a transaction;
-- the database's clock decides when a claim is over. event: the order in which operations of a client
-- became final.
CREATE SEQUENCE operation_event;

CREATE TABLE operation (
  operation_id uuid PRIMARY KEY,
  client_id text NOT NULL,
  agency text NOT NULL,
  idempotency_key text,
  salt bytea NOT NULL,
  body_digest bytea NOT NULL,
  country text NOT NULL,
  kind text NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,                 -- pending, answered, refused, expired, cancelled
  question bytea,
  outcome bytea,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  finished_at timestamptz,
  fetched_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  failure text,                        -- rule of the last attempt that brought no outcome
  due_at timestamptz NOT NULL,
  claim uuid,
  claimed_until timestamptz,
  event bigint,
  UNIQUE (client_id, idempotency_key)
);

CREATE INDEX operation_due ON operation (due_at) WHERE state = 'pending';
CREATE INDEX operation_of_client ON operation (client_id, operation_id);
CREATE INDEX operation_event_of_client ON operation (client_id, event) WHERE event IS NOT NULL;
CREATE INDEX operation_finished ON operation (finished_at) WHERE finished_at IS NOT NULL;

-- A lookup that waits has a key here that no caller can send. Neither what it sent nor its outcome is
-- erased before its operation has taken the outcome over, nor forgotten before its time is over.
ALTER TABLE keyed_lookup ADD COLUMN expires_at timestamptz;
