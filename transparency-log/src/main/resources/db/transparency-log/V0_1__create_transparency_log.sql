-- The logs of a service: one a year, all in the same tables, told apart by log_id.
-- The service's own role needs SELECT, INSERT, UPDATE and DELETE here and nothing else.

-- One row a log: its head. Every integration step updates it, so its pages keep room for that.
CREATE TABLE transparency_log (
  log_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  origin text NOT NULL UNIQUE,
  size bigint NOT NULL CHECK (size >= 0),
  checkpoint bytea NOT NULL,
  first_index bigint NOT NULL DEFAULT 0 CHECK (first_index BETWEEN 0 AND size),
  sealed_at timestamptz
) WITH (fillfactor = 20);

-- Entries that are committed with their cause, and wait for their place in the log.
CREATE TABLE log_pending_entry (
  log_id integer NOT NULL,
  ticket bigint GENERATED ALWAYS AS IDENTITY,
  entry bytea NOT NULL CHECK (octet_length(entry) BETWEEN 1 AND 65535),
  PRIMARY KEY (log_id, ticket)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Entries in their place. The ticket is that of the pending entry this was, if it was one.
CREATE TABLE log_entry (
  log_id integer NOT NULL,
  entry_index bigint NOT NULL CHECK (entry_index >= 0),
  ticket bigint,
  leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  entry bytea NOT NULL,
  PRIMARY KEY (log_id, entry_index)
);

-- Full tiles, each written once. Partial tiles are made from what is below them: leaf hashes, or
-- the roots of full tiles. Pruning takes the hashes of a tile and leaves its root.
CREATE TABLE log_tile (
  log_id integer NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  tile_index bigint NOT NULL CHECK (tile_index >= 0),
  root_hash bytea NOT NULL CHECK (octet_length(root_hash) = 32),
  hashes bytea CHECK (octet_length(hashes) = 8192),
  PRIMARY KEY (log_id, level, tile_index)
);
ALTER TABLE log_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- The newest checkpoint of a log that carries enough cosignatures.
CREATE TABLE log_cosigned_checkpoint (
  log_id integer PRIMARY KEY,
  size bigint NOT NULL CHECK (size >= 0),
  checkpoint bytea NOT NULL,
  cosigned_at timestamptz NOT NULL
);

-- What we, as a witness, have cosigned of the logs of others.
CREATE TABLE log_witnessed (
  witness text NOT NULL,
  origin text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  root_hash bytea NOT NULL CHECK (octet_length(root_hash) = 32),
  checkpoint bytea NOT NULL,
  cosigned_at timestamptz NOT NULL,
  PRIMARY KEY (witness, origin)
);

-- The keys that wrap the keys of a month's entries. Deleting one is what makes every copy of that
-- month's commitments unreadable, so it must not lie in the same backup as they do.
CREATE TABLE log_month_key (
  key_id uuid PRIMARY KEY,
  month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  wrapped_key bytea NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz
);
CREATE UNIQUE INDEX log_month_key_current ON log_month_key (month) WHERE retired_at IS NULL;

-- The key and the subject behind each commitment, sealed under a month key. No plain subject.
CREATE TABLE log_commitment (
  commitment bytea PRIMARY KEY CHECK (octet_length(commitment) = 32),
  key_id uuid NOT NULL,
  subject_tag bytea NOT NULL CHECK (octet_length(subject_tag) = 32),
  sealed bytea NOT NULL
);
CREATE INDEX log_commitment_subject ON log_commitment (key_id, subject_tag);
