-- A request may name a time until which it may come: until then its id and nonce are kept, and its
-- answer too, because the nation that asked may come for it as late as that.
ALTER TABLE received_request ADD COLUMN expires_at timestamptz;
