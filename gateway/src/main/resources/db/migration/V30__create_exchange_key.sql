-- The public parts of the keys that this gateway has signed with: what was signed and stored under
-- an earlier key is still known as its own, and evidence names the key that verifies it.
CREATE TABLE exchange_key (
  key_id text PRIMARY KEY,
  public_key text NOT NULL,
  first_used_at timestamptz NOT NULL
);
