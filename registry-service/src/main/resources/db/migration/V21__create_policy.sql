-- What the register permits: purposes, field sets, and rules of permission. One row for each version;
-- a change adds a row, and none is ever changed or deleted: the rows are the history of who changed what.
create table policy (
  kind        text not null,               -- purpose, field_set or permission
  code        text not null,
  version     integer not null,
  content     json not null,               -- as the interface shows it
  ended       boolean not null,            -- holds no longer; always the last version
  changed_by  text not null,
  changed_at  timestamptz not null,
  primary key (kind, code, version)
);

-- The table purpose stays as it is for replicas of the release before; a later migration drops it.
insert into policy (kind, code, version, content, ended, changed_by, changed_at)
select 'purpose', code, 1,
  json_build_object('code', code, 'description', description,
    'acrossBorder', code <> 'administration'),
  false, 'release', created_at
from purpose;

insert into policy (kind, code, version, content, ended, changed_by, changed_at)
select 'field_set', code, 1,
  json_build_object('code', code, 'description', description, 'fields', string_to_array(fields, ' ')),
  false, 'release', now()
from (values
  ('everything', 'Everything that is not sensitive', '*'),
  ('statements', 'Every statement that is answered yes or no',
   'alive age_over resident_of married single parent_of name_matches number_valid'),
  ('identity', 'Who somebody is',
   'names personal_number earlier_numbers date_of_birth sex nationalities photo_reference life_status'),
  ('origin', 'Where somebody comes from', 'place_of_birth place_of_birth_registration hometown'),
  ('family', 'Civil status and next of kin',
   'marital_status parents spouse children legal_representative guardians'),
  ('residence', 'Where somebody lives',
   'permanent_residence temporary_residence current_abode temporary_absence household'),
  ('contact', 'How somebody is reached', 'contact'),
  ('events', 'What happened to somebody', 'vital_events'),
  ('oversight', 'Who asked about somebody', 'disclosures')
) as sets (code, description, fields);

-- What is left out of a rule is anybody's. The token, or behind the gateway the agreement, narrows it.
insert into policy (kind, code, version, content, ended, changed_by, changed_at)
select 'permission', code, 1,
  json_strip_nulls(json_build_object(
    'code', code, 'description', description, 'effect', 'permit',
    'requester', case when role is null and class is null then null
      else json_build_object('agencyClass', class, 'role', role) end,
    'purpose', purpose, 'fieldSets', string_to_array(sets, ' '),
    'sensitiveFields', string_to_array(sensitive, ' '),
    'needsLegalBasis', delay is not null, 'visibilityDelay', coalesce(delay, 'PT0S'))),
  false, 'release', now()
from (values
  ('civil-registration', 'Registry offices keep the register', 'civil-registration',
   'agency', null, 'everything', 'ethnicity religion blood_group', null),
  ('civil-registration-abroad', 'Registry offices of other nations register what happens there',
   'civil-registration', 'gateway', null, 'everything', null, null),
  ('marriage', 'Before a marriage', 'marriage',
   null, null, 'statements identity family', null, null),
  ('border-resident', 'Residents of border districts', 'border-resident',
   null, null, 'statements identity residence', null, null),
  ('identity-verification', 'Who somebody is', 'identity-verification',
   null, null, 'statements identity', null, null),
  ('civil-status', 'Civil status and its records', 'civil-status',
   null, null, 'statements identity origin family events', null, null),
  ('residence', 'Residence and moves', 'residence',
   null, null, 'statements identity residence', null, null),
  ('labour-migration', 'Workers abroad', 'labour-migration',
   null, null, 'statements identity residence contact', null, null),
  ('social-protection', 'Social benefits', 'social-protection',
   null, null, 'statements identity family residence', null, null),
  ('health', 'Health care', 'health',
   null, null, 'statements identity contact', null, null),
  ('health-blood-group', 'Health care also learns the blood group', 'health',
   'agency', 'health', 'statements', 'blood_group', null),
  ('education', 'Schools', 'education',
   null, null, 'statements identity origin residence', null, null),
  ('travel-document', 'Travel documents', 'travel-document',
   null, null, 'statements identity origin family', null, null),
  ('law-enforcement', 'The police, under a legal basis; seen by the person after 90 days',
   'law-enforcement', null, 'police', 'statements identity origin family residence contact', null,
   'P90D'),
  ('administration', 'The register runs itself', 'administration',
   'agency', null, 'everything oversight', null, null)
) as rules (code, description, purpose, role, class, sets, sensitive, delay);
