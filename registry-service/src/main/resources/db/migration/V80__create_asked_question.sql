-- Questions that the gateway asked and got answered, so that it may ask one again under the same
-- request id without a second entry in the log. The question is known by a salted digest alone;
-- found and entries say about whom it was and where the log holds it: origin, ticket, size before.
create table asked_question (
  country     text not null,
  request_id  uuid not null,
  salt        bytea not null,
  digest      bytea not null,
  asked_at    timestamptz not null,
  found       text not null,
  entries     text not null,
  primary key (country, request_id)
);

create index asked_question_asked_at on asked_question (asked_at);
