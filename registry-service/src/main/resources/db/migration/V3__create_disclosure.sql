-- One row for each time that somebody's data was asked for; the log holds the proof of it.
-- person_id of an enquiry about a person whom the register does not hold is a random one: the row is
-- written all the same, so that both cases cost and look the same.
create table disclosure (
  person_id      uuid not null,
  disclosure_id  uuid not null,
  request_id     text not null,
  kind           text not null,
  purpose        text not null,
  legal_basis    text,
  country        text not null,
  agency         text,
  officer        text,
  fields         text[] not null,
  outcome        text not null,
  disclosed_at   timestamptz not null,
  visible_after  timestamptz,
  commitment     text not null,
  log_origin       text not null,
  log_ticket       bigint not null,
  log_size_before  bigint not null,
  primary key (person_id, disclosure_id)
);
