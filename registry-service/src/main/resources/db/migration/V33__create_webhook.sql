-- Where the change feed is sent to. Whoever delivers to a webhook holds its lease, not a transaction:
-- a receiver may take its time. What was sent is not kept, only the stretch of the feed it was.

create table webhook (
  webhook_id     uuid primary key,
  url            text not null,
  types          text[] not null,          -- all when empty
  provinces      text[] not null,          -- all when empty
  state          text not null,            -- active, paused, stopped, ended
  reason         text,                     -- why it is stopped
  secret         bytea,                    -- sealed under the key-encryption key; none when ended
  former_secret  bytea,
  former_until   timestamptz,
  position       bigint not null,          -- of the last entry that a delivery covers
  due_at         timestamptz not null,
  lease          uuid,
  leased_until   timestamptz,
  version        integer not null,
  created_at     timestamptz not null,
  created_by     text not null,
  changed_at     timestamptz not null
);

create table webhook_delivery (
  delivery_id   uuid primary key,
  webhook_id    uuid not null,
  after         bigint not null,           -- it covers the entries behind this position
  last          bigint not null,           -- up to this one
  types         text[] not null,         -- the filter by which it was made
  provinces     text[] not null,
  entries       integer not null,
  state         text not null,             -- pending, delivered, dead, replaced
  attempts      integer not null,
  outcome       text,                      -- of the last attempt
  status        integer,                   -- what the receiver answered to it
  created_at    timestamptz not null,
  attempted_at  timestamptz
);

create index webhook_delivery_list on webhook_delivery (webhook_id, delivery_id);
create index webhook_delivery_pending on webhook_delivery (webhook_id, delivery_id)
  where state = 'pending';
create index webhook_delivery_dead on webhook_delivery (webhook_id) where state = 'dead';
