-- The person's key leads the primary key of everything a person grows, and nothing refers across
-- persons: the tables can be distributed by person_id as they are.

create table person (
  person_id                     uuid primary key,
  personal_number               text,
  earlier_numbers               text[] not null default '{}',
  birth_year                    smallint not null,
  birth_month                   smallint,
  birth_day                     smallint,
  sex                           smallint not null check (sex in (0, 1, 2, 9)),
  birth_country                 text,
  birth_province                text,
  birth_text                    text,
  place_of_birth_registration   text not null,
  hometown_country              text,
  hometown_province             text,
  hometown_text                 text,
  ethnicity                     text,
  religion                      text,
  nationalities                 text[] not null,
  blood_group                   text,
  marital_status                text not null,
  life_status                   text not null,
  death_year                    smallint,
  death_month                   smallint,
  death_day                     smallint,
  household_id                  uuid,
  relation_to_head              text,
  phone                         text,
  email                         text,
  photo_reference               text,
  withheld                      boolean not null default false,
  registered_at                 timestamptz not null,
  version                       bigint not null default 1
);

create table person_name (
  person_id  uuid not null,
  seq        smallint not null,
  kind       text not null,
  script     text not null,
  family     text,
  middle     text,
  given      text not null,
  name_key   text not null,
  primary key (person_id, seq)
);

create table residence (
  person_id  uuid not null,
  kind       text not null,
  country    text not null,
  province   text,
  text       text,
  primary key (person_id, kind)
);

create table relationship (
  person_id        uuid not null,
  relationship_id  uuid not null,
  kind             text not null,
  relative_id      uuid,
  relative_name    text,
  primary key (person_id, relationship_id),
  check (num_nonnulls(relative_id, relative_name) = 1)
);

-- Looked up by number, so keyed by it. A row is never deleted: a number is never given twice.
create table identifier (
  number     text primary key,
  person_id  uuid not null
);
