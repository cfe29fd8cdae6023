-- Rules are kept for ever: a score names the version that made it.
create table match_rules (
  version     integer primary key,
  content     json not null,
  created_by  text not null,
  created_at  timestamptz not null
);

-- Which version was in force since when; the newest row is.
create table match_rules_in_force (
  since    timestamptz primary key,
  version  integer not null,
  set_by   text not null
);

-- Looked up by key, so keyed by it. Person-led rows beside it say what keys a person has, so that
-- they can be taken back without looking for them.
create table match_key (
  key        bigint not null,
  person_id  uuid not null,
  primary key (key, person_id)
);

create table match_person (
  person_id  uuid primary key,
  keys       bigint[] not null,
  traits     bigint not null             -- digest of what is compared
);

-- Persons whose compared traits changed; a worker compares them once the change is committed.
create table match_due (
  person_id  uuid not null,
  due_at     timestamptz not null,
  primary key (person_id, due_at)
);

create index match_due_by_time on match_due (due_at);
