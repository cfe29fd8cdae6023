-- Agreements, every version that was ever proposed. The document is kept as it was sent, because
-- that is what is signed; a version's document never changes. A version binds when each of its
-- parties has signed it; key is the public key that the signature was verified by.
CREATE TABLE agreement (
  id text NOT NULL,
  version integer NOT NULL,
  document bytea NOT NULL,
  digest text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  approved_by text,
  terminated_from date,
  PRIMARY KEY (id, version),
  CHECK (approved_by <> proposed_by)
);

CREATE TABLE agreement_signature (
  id text NOT NULL,
  version integer NOT NULL,
  nation text NOT NULL,
  key text NOT NULL,
  signature text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (id, version, nation),
  FOREIGN KEY (id, version) REFERENCES agreement (id, version)
);

-- The version of an agreement that is tried beside the one in force, without effect, and what it
-- would have changed: counts without persons. A version that is not tried any more keeps its counts
-- until it is tried again.
CREATE TABLE agreement_shadow (
  id text PRIMARY KEY,
  version integer NOT NULL,
  since timestamptz NOT NULL,
  FOREIGN KEY (id, version) REFERENCES agreement (id, version)
);

CREATE TABLE shadow_count (
  id text NOT NULL,
  version integer NOT NULL,
  from_nation text NOT NULL,
  to_nation text NOT NULL,
  purpose text NOT NULL,
  agency_class text NOT NULL,
  kind text NOT NULL,
  rule text NOT NULL,
  shadow_rule text NOT NULL,
  effect text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY
    (id, version, from_nation, to_nation, purpose, agency_class, kind, rule, shadow_rule, effect)
);
