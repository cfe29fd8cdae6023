-- A request is taken from the quotas once, by whoever takes it up; when that one dies, or the
-- register does not answer, whoever takes it over does not count it again. A quota that was used up
-- is no answer: the same request may come again, and is counted then.
ALTER TABLE received_request ADD COLUMN counted boolean NOT NULL DEFAULT true;
