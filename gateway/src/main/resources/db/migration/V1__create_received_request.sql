-- Requests that peers have sent, so that each is answered once and a repeat gets the first answer.
-- The answer holds personal data: it is erased soon (gateway.exchange.answer-retention); the rest
-- stays as long as a request id or a nonce must not be used again. request_entry and answer_entry
-- say where the legs stand in the log: origin, ticket, size before.
CREATE TABLE received_request (
  from_nation text NOT NULL,
  request_id uuid NOT NULL,
  nonce text NOT NULL,
  digest text NOT NULL,
  received_at timestamptz NOT NULL,
  claimed_until timestamptz NOT NULL,
  request_entry text,
  answer text,
  answer_entry text,
  answered_at timestamptz,
  PRIMARY KEY (from_nation, request_id),
  UNIQUE (from_nation, nonce)
);

CREATE INDEX received_request_received_at ON received_request (received_at);
