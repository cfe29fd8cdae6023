-- Logs of peers that told two pasts: both checkpoints as the log signed them. The peer was suspended
-- as its version peer_version; what ends the suspension is another version.
CREATE TABLE peer_fork (
  id uuid PRIMARY KEY,
  nation text NOT NULL,
  peer_version integer NOT NULL,
  origin text NOT NULL,
  known text NOT NULL,
  seen text NOT NULL,
  found_at timestamptz NOT NULL
);

CREATE INDEX peer_fork_nation ON peer_fork (nation, found_at);
