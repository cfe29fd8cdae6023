-- Where clients hear which of their operations have become final. A message holds the operation and
-- its state, nothing on persons. Secrets are sealed under the key-encryption key. Whoever sends a
-- message holds its lease, not a transaction: a receiver may take its time.
CREATE TABLE webhook (
  webhook_id uuid PRIMARY KEY,
  client_id text NOT NULL,
  url text NOT NULL,
  state text NOT NULL,               -- active, stopped
  reason text,                       -- why it is stopped
  secret bytea NOT NULL,
  former_secret bytea,
  former_until timestamptz,
  created_at timestamptz NOT NULL,
  UNIQUE (client_id, url)
);

CREATE TABLE webhook_delivery (
  delivery_id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
  operation_id uuid NOT NULL,
  operation_state text NOT NULL,
  state text NOT NULL,               -- pending, delivered, dead
  attempts integer NOT NULL DEFAULT 0,
  outcome text,                      -- of the last attempt
  due_at timestamptz NOT NULL,
  lease uuid,
  leased_until timestamptz,
  created_at timestamptz NOT NULL,
  attempted_at timestamptz
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE state = 'pending';
CREATE INDEX webhook_delivery_of_webhook ON webhook_delivery (webhook_id, state);
CREATE INDEX webhook_delivery_created_at ON webhook_delivery (created_at);
