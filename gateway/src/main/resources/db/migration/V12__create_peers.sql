-- The gateways of other nations. description: JSON with URL, certificates, keys and log keys. A
-- peer from configuration follows the configuration at each start until an administrator changes
-- it; from then on this row alone counts.
CREATE TABLE peer (
  nation text PRIMARY KEY,
  version integer NOT NULL,
  description text NOT NULL,
  suspended boolean NOT NULL,
  configured boolean NOT NULL,
  changed_at timestamptz NOT NULL
);

-- What one administrator proposes and another approves: a new peer (base_version 0), or another
-- description of one, which holds only for the version that was seen.
CREATE TABLE peer_proposal (
  id uuid PRIMARY KEY,
  nation text NOT NULL,
  base_version integer NOT NULL,
  description text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected')),
  decided_by text,
  decided_at timestamptz,
  CHECK ((status = 'pending') = (decided_by IS NULL)),
  CHECK (status <> 'approved' OR decided_by <> proposed_by)
);
