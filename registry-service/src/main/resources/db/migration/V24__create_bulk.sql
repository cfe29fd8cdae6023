-- A file that is imported. Its bytes are in bulk_chunk before its sender hears that it was taken; a
-- chunk holds whole rows, and is worked off in one transaction with the persons that it makes.
create table bulk_import (
  import_id    uuid primary key,
  caller       text not null,
  format       text not null,            -- ndjson, csv
  header       text,                     -- names of the columns, with commas between
  dry_run      boolean not null,
  on_problem   text not null,            -- continue, stop
  state        text not null,            -- uploading, uploaded, running, finished, failed, cancelled
  phase        text not null,            -- check: nothing is stored; store
  digest       bytea,                    -- SHA-256 of the content
  counts       boolean not null,         -- whether the file counts as imported
  bytes        bigint not null,
  rows         bigint not null,
  failure      text,
  created_at   timestamptz not null,
  touched_at   timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz
);

create unique index bulk_import_once on bulk_import (caller, digest) where counts;
create index bulk_import_open on bulk_import (import_id)
  where state in ('uploading', 'uploaded', 'running');

create table bulk_chunk (
  import_id  uuid not null,
  number     integer not null,
  late       boolean not null,           -- rows put off until those are in whom they name
  rows       integer not null,
  row_numbers bigint[] not null,         -- number of the first row; of a late chunk, of each row
  content    bytea,                      -- deflated; nothing once the import has ended
  done_at    timestamptz,
  accepted   integer not null default 0,
  refused    integer not null default 0,
  put_off    integer not null default 0,
  primary key (import_id, number)
);

alter table bulk_chunk alter column content set storage external;
create index bulk_chunk_open on bulk_chunk (import_id, late, number) where done_at is null;

-- Persons by what other rows of the file call them, as long as the import runs.
create table bulk_reference (
  import_id  uuid not null,
  reference  text not null,
  person_id  uuid not null,
  document   json,                       -- while nothing is stored: who it would be
  primary key (import_id, reference)
);

-- Numbers that rows bring and households that they head, while nothing is stored: the register's own
-- tables cannot know them.
create table bulk_claim (
  import_id  uuid not null,
  claim      text not null,
  primary key (import_id, claim)
);

-- What is wrong with a row, and never what stands in it.
create table bulk_problem (
  import_id  uuid not null,
  row_number bigint not null,
  place      integer not null,
  field      text not null,
  rule       text not null,
  detail     text not null,
  primary key (import_id, row_number, place)
);

-- A permission taken once to read many persons page by page; each page is disclosed by itself.
create table bulk_export (
  export_id   uuid primary key,
  caller      text not null,
  purpose     text not null,
  legal_basis text,
  fields      text[] not null,
  filter      json not null,
  given       bigint not null,
  position    uuid,
  state       text not null,             -- open, finished
  created_at  timestamptz not null,
  expires_at  timestamptz not null
);
