-- Every change to a person, in one order. The transaction of a change leaves an arrival, whose number
-- is no place in any order: transactions commit in another order than they draw numbers. One pass at
-- a time then moves what is committed to change_entry and gives it consecutive positions, so that who
-- has read up to a position has missed nothing below it.

create table change_arrival (
  arrival        bigint generated always as identity primary key,
  entries        integer not null,         -- how many entries it makes
  person_id      uuid,
  event_id       uuid,                     -- none of who is withdrawn or restored
  type           text,
  province       text,                     -- after the change
  left_province  text,                     -- before it, where that was another
  recorded_at    timestamptz,
  persons        uuid[],                   -- in place of all these: persons loaded in bulk, each with
  firsts         integer[],                -- the first and the last of their rows in person_event,
  lasts          integer[],                -- which the pass looks up
  provinces      text[],
  arrived_at     timestamptz not null default now()
);

create table change_entry (
  position       bigint primary key,
  person_id      uuid not null,
  event_id       uuid,
  type           text not null,
  province       text,
  left_province  text,
  recorded_at    timestamptz not null,
  appended_at    timestamptz not null
);

-- Persons of whom nothing is shown now: protected, or no more in the register. They look alike.
create table change_hidden (
  person_id  uuid primary key
);

-- Where the feed stands, and what seals its cursors. Entries below "first" are over their retention.
create table change_feed (
  id        smallint primary key check (id = 1),
  secret    bytea not null,
  position  bigint not null,
  first     bigint not null
);

insert into change_feed
values (1, decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'), 0, 1);

insert into change_hidden
select person_id from person where (document -> 'particulars' ->> 'withheld')::boolean;
