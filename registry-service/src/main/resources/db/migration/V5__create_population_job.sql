create table population_job (
  job_id       uuid primary key,
  seed         bigint not null,
  total        integer not null,
  done         integer not null default 0,
  state        text not null,
  failure      text,
  started_at   timestamptz not null,
  finished_at  timestamptz
);
