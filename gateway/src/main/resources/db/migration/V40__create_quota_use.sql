-- What was leased of each day's quota: by an agency of a nation, for a purpose, to ask a country;
-- or by a client of ours as a whole (then client is its id and purpose and country are empty).
-- Replicas lease small batches: leased is what was used, and what they hold. last_lease tells the
-- one who leases how much it got, allowed what the limit was then. refused counts the refusals, logged or not.
CREATE TABLE quota_day (
  day date NOT NULL,
  nation text NOT NULL,
  agency text NOT NULL,
  client text NOT NULL,
  purpose text NOT NULL,
  country text NOT NULL,
  leased integer NOT NULL DEFAULT 0,
  last_lease integer NOT NULL DEFAULT 0,
  allowed integer NOT NULL DEFAULT 0,
  refused bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (day, nation, agency, client, purpose, country)
);

-- What was leased in the newest tenths of a moving window (a second, or a minute). slot is the
-- number of the newest tenth since 1970 by the database's clock; leased holds eleven tenths, each
-- at its number modulo eleven.
CREATE TABLE quota_rate (
  bucket text PRIMARY KEY,
  slot bigint NOT NULL,
  leased integer[] NOT NULL
);
