-- What proves an exchange that an agency of ours has asked for, until it has fetched it. It holds
-- personal data and is erased soon (gateway.evidence.retention). legs: kind, origin, ticket, size
-- before of each entry in our own log.
CREATE TABLE evidence (
  request_id uuid PRIMARY KEY,
  agency text NOT NULL,
  country text NOT NULL,
  signed_request text NOT NULL,
  signed_answer text,
  peer_receipt text,
  legs text[] NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE INDEX evidence_created_at ON evidence (created_at);
