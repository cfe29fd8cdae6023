-- The first outcome of each creating request, returned again to whoever repeats it.
create table operation (
  caller           text not null,
  idempotency_key  text not null,
  request_digest   bytea not null,
  status           smallint,
  location         text,
  body             text,
  created_at       timestamptz not null,
  primary key (caller, idempotency_key)
);
