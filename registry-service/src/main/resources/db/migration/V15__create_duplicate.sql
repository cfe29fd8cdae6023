-- A pair that was found. Its key follows from the two persons, so it stands here once, whoever
-- finds it. What people decided is in the rows of duplicate_decision and in state, and no later
-- score changes it.
create table duplicate (
  duplicate_id  uuid primary key,
  person_id     uuid not null,           -- the smaller key of the two
  other_id      uuid not null,
  state         text not null,           -- open, undecided, same, different, lapsed
  outcome       text not null,           -- match, possible, no
  score         numeric(6, 2) not null,
  rules         integer not null,
  findings      json not null,           -- field, level and weight; no values
  provinces     text[] not null,         -- of the permanent residences
  decisions     integer not null default 0,
  found_at      timestamptz not null,
  scored_at     timestamptz not null
);

create index duplicate_queue on duplicate (state, score desc, duplicate_id);

create table duplicate_of (
  person_id     uuid not null,
  duplicate_id  uuid not null,
  primary key (person_id, duplicate_id)
);

create table duplicate_decision (
  duplicate_id  uuid not null,
  number        integer not null,
  decision      text not null,           -- same, different, undecided
  reason        text not null,
  decided_by    text not null,
  agency        text not null,
  decided_at    timestamptz not null,
  survivor      uuid,
  event_id      uuid,                    -- the merge or split that followed
  primary key (duplicate_id, number)
);
