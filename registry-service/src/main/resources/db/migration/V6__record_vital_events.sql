-- A person is a fold of what happened to them. person holds where the fold stands now: one row, read
-- by key, with the whole person in its document and beside it the few columns that lists are made of.
-- person_event holds the changes, in the order in which the register learnt of them; a row is never
-- updated or deleted. vital_event holds each event once, as it was registered.

create table vital_event (
  event_id       uuid primary key,
  type           text not null,
  occurred_on    text not null,          -- 1990, 1990-05 or 1990-05-17
  registered_on  date not null,
  province       text,                   -- where it was registered, when in this nation
  recorded_at    timestamptz not null,
  supersedes     uuid,                   -- the event that this one corrects or annuls
  persons        uuid[] not null,        -- everyone it touched
  document       json not null
);

create table person_event (
  person_id    uuid not null,
  seq          integer not null,
  event_id     uuid not null,
  type         text not null,
  role         text not null,
  occurred_on  text not null,
  recorded_at  timestamptz not null,
  supersedes   uuid,
  changes      json not null,
  primary key (person_id, seq)
);

-- Everyone who ever belonged to a household; the person's own row says whether they still do.
create table household_member (
  household_id  uuid not null,
  person_id     uuid not null,
  primary key (household_id, person_id)
);

alter table person rename to former_person;
alter table former_person rename constraint person_pkey to former_person_pkey;

create table person (
  person_id       uuid primary key,
  version         integer not null,      -- entries in person_event
  registered_at   timestamptz not null,
  changed_at      timestamptz not null,
  birth_date      text not null,
  sex             smallint not null,
  province        text,                  -- of permanent residence
  life_status     text not null,
  marital_status  text not null,
  merged_into     uuid,
  document        json not null
);

create function pg_temp.partial_date(year integer, month integer, day integer) returns text
  language sql as $$
  select lpad(year::text, 4, '0') || coalesce('-' || lpad(month::text, 2, '0'), '')
    || coalesce('-' || lpad(day::text, 2, '0'), '')
$$;

create function pg_temp.place(country text, province text, place text) returns json
  language sql as $$
  select case when country is not null then json_strip_nulls(json_build_object(
    'country', country, 'province', province, 'text', place)) end
$$;

insert into person
select p.person_id, 1, p.registered_at, p.registered_at,
  pg_temp.partial_date(p.birth_year, p.birth_month, p.birth_day), p.sex,
  (select province from residence r where r.person_id = p.person_id and r.kind = 'permanent'),
  p.life_status, p.marital_status, null,
  json_strip_nulls(json_build_object(
    'id', p.person_id,
    'personalNumber', p.personal_number,
    'earlierNumbers', p.earlier_numbers,
    'particulars', json_build_object(
      'names', (select json_agg(json_build_object('kind', kind, 'script', script, 'family', family,
        'middle', middle, 'given', given) order by seq)
        from person_name n where n.person_id = p.person_id),
      'dateOfBirth', pg_temp.partial_date(p.birth_year, p.birth_month, p.birth_day),
      'sex', p.sex::text,
      'placeOfBirth', pg_temp.place(p.birth_country, p.birth_province, p.birth_text),
      'placeOfBirthRegistration', p.place_of_birth_registration,
      'hometown', pg_temp.place(p.hometown_country, p.hometown_province, p.hometown_text),
      'ethnicity', p.ethnicity,
      'religion', p.religion,
      'nationalities', p.nationalities,
      'bloodGroup', p.blood_group,
      'maritalStatus', p.marital_status,
      'lifeStatus', p.life_status,
      'dateOfDeath', pg_temp.partial_date(p.death_year, p.death_month, p.death_day),
      'residences', (select json_agg(json_build_object('kind', kind,
        'place', pg_temp.place(country, province, text)) order by kind)
        from residence r where r.person_id = p.person_id),
      'relationships', (select json_agg(json_build_object('kind', kind, 'personId', relative_id,
        'name', relative_name) order by relationship_id)
        from relationship s where s.person_id = p.person_id),
      'household', case when p.household_id is not null then json_build_object(
        'id', p.household_id, 'relationToHead', p.relation_to_head) end,
      'contact', case when p.phone is not null or p.email is not null then json_build_object(
        'phone', p.phone, 'email', p.email) end,
      'photoReference', p.photo_reference,
      'withheld', p.withheld)))
from former_person p;

insert into household_member
select household_id, person_id from former_person where household_id is not null;

insert into vital_event
select person_id, 'first_registration', birth_date, registered_at::date, null, registered_at, null,
  array[person_id], json_build_object('type', 'first_registration')
from person;

insert into person_event
select person_id, 1, person_id, 'first_registration', 'person', birth_date, registered_at, null,
  json_build_array(json_build_object('change', 'entered', 'person', document))
from person;

drop table former_person, person_name, residence, relationship;
