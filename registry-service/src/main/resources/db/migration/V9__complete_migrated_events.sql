-- A registration that stood in the register before events were kept is one as it would be brought
-- today: with what was declared, and circumstances that say where it comes from.

update vital_event e
set document = json_build_object(
  'event', json_build_object(
    'type', 'first_registration',
    'person', c.changes -> 0 -> 'person' -> 'particulars',
    'earlierNumbers', coalesce(c.changes -> 0 -> 'person' -> 'earlierNumbers', '[]'::json)),
  'circumstances', json_build_object(
    'occurredOn', e.occurred_on,
    'registeredOn', to_char(e.registered_on, 'YYYY-MM-DD'),
    'office', 'register',
    'registrar', 'register',
    'document', json_build_object('kind', 'declaration', 'number', e.event_id)))
from person_event c
where e.type = 'first_registration'
  and e.document -> 'event' is null
  and c.person_id = e.persons[1]
  and c.event_id = e.event_id;

-- What took an event back is looked up with the event.
create index vital_event_supersedes on vital_event (supersedes) where supersedes is not null;
