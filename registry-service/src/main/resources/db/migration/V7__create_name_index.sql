-- What persons are searched by, keyed by what is looked up: a word of a name by its sound, then what
-- narrows it. One range of the key answers a search, by birth year or, skipping over the years, by
-- province; the rest of the row rides along in the index. birth_day is month * 100 + day, 0 where the
-- day or both are not known. Under "=person" stands everybody, under "=temporary" and
-- "=current_abode" who has such a residence, with its province. A former name stands with its mark.
create table name_index (
  word        text collate "C" not null,
  birth_year  smallint not null,
  province    text collate "C" not null,
  birth_day   smallint not null,
  sex         smallint not null,
  person_id   uuid not null,
  former      boolean not null,
  withheld    boolean not null,
  name        text not null,
  primary key (word, birth_year, province, birth_day, sex, person_id, former)
    include (withheld, name)
);

create index name_index_person on name_index (person_id);

-- Which words are common is read from the statistics: it says where to begin.
alter table name_index alter column word set statistics 1000;

-- The rules by which the index was filled; it is filled anew when the service has others.
create table name_index_state (
  id     smallint primary key check (id = 1),
  rules  integer not null
);

-- Seals the cursors of searches, so that every replica knows its own and nobody else's.
create table search_secret (
  id      smallint primary key check (id = 1),
  secret  bytea not null
);
