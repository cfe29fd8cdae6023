-- A population is loaded village by village, each in one transaction with its row here: what a load
-- that was cut off lacks is known. Who works on a load holds an advisory lock, so that 'running'
-- without the lock is an interrupted load.

alter table population_job
  add column day date,                     -- nothing in it happens on this day or later
  add column run_started_at timestamptz;   -- since when it was worked on last

create table population_village (
  job_id     uuid not null,
  village    integer not null,
  persons    integer not null,
  events     integer not null,
  loaded_at  timestamptz not null,
  primary key (job_id, village)
);

-- Until now a load was one transaction: whatever still runs at this moment has left nothing.
update population_job
  set state = 'failed', failure = 'It was interrupted before it was done.', finished_at = now()
  where state = 'running';
