-- A run over the register, or a dry one. It goes in steps, each its own transaction that also moves
-- the place: whatever stops it, any replica goes on from there.
create table match_job (
  job_id       uuid primary key,
  kind         text not null,            -- run, dry_run
  rules        integer not null,         -- the version that is applied or tried
  against      integer not null,         -- the version in force at the start
  phase        text not null,            -- keys, compare
  state        text not null,            -- running, done, failed
  place        uuid,                     -- the last person of this phase that is done
  total        bigint not null,
  done         bigint not null,          -- persons compared
  result       json not null,
  failure      text,
  started_by   text not null,
  started_at   timestamptz not null,
  finished_at  timestamptz
);

create index match_job_running on match_job (job_id) where state = 'running';

-- The keys of rules that are tried; gone when the dry run is.
create table match_trial_key (
  job_id     uuid not null,
  key        bigint not null,
  person_id  uuid not null,
  primary key (job_id, key, person_id)
);
