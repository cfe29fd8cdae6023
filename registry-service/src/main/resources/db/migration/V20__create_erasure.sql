-- That links between the log and somebody were erased: when, why and how many. Not whose.
create table erasure (
  erasure_id   uuid primary key,
  erased_at    timestamptz not null,
  ground       text not null,
  reference    text,
  disclosures  integer not null,
  commitments  integer not null
);
