-- First outcomes of administrators' requests with an Idempotency-Key.
CREATE TABLE administrative_act (
  administrator text NOT NULL,
  idempotency_key text NOT NULL,
  request_digest bytea NOT NULL,
  created_at timestamptz NOT NULL,
  status integer,
  body text,
  PRIMARY KEY (administrator, idempotency_key)
);
