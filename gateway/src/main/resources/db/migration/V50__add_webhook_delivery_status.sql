-- What the receiver answered to the last attempt, and the way through the list of what was sent.
ALTER TABLE webhook_delivery ADD COLUMN status integer;

CREATE INDEX webhook_delivery_list ON webhook_delivery (webhook_id, created_at, delivery_id);
