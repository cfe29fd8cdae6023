-- An answer that is kept names its entry in the log, and a second one is refused by that.
ALTER TABLE received_request ADD CONSTRAINT received_request_answered_once
  CHECK (answered_at IS NULL OR answer_entry IS NOT NULL);
