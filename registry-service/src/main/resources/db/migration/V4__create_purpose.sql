-- What data may be asked for. An agreement or a token names one of these.
create table purpose (
  code         text primary key,
  description  text not null,
  created_at   timestamptz not null default now()
);

insert into purpose (code, description) values
  ('marriage', 'Register a marriage'),
  ('border-resident', 'Serve residents of border districts'),
  ('civil-registration', 'Register births, deaths and other vital events'),
  ('identity-verification', 'Verify who somebody is'),
  ('civil-status', 'Prove civil status, and exchange civil-status records'),
  ('residence', 'Register residence and moves'),
  ('labour-migration', 'Serve and protect workers abroad'),
  ('social-protection', 'Grant social benefits'),
  ('health', 'Give health care'),
  ('education', 'Enrol pupils and students'),
  ('travel-document', 'Issue travel documents'),
  ('law-enforcement', 'Investigate an offence'),
  ('administration', 'Run the register');
