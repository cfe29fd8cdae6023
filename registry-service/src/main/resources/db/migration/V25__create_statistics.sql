-- Figures are kept in step with the persons, in the transaction that changes them. A change is a row
-- that is only ever added, so no writer waits for another; the rows are folded into one for each
-- figure in the background. A figure is the sum of both tables. What the columns mean for each kind
-- says the code: month counts from the year 0, province '' is elsewhere or not stated.

create table statistics_delta (
  kind      smallint not null,
  month     integer not null,
  province  text not null,
  other     text not null,
  sex       smallint not null,
  detail    integer not null,
  amount    bigint not null
);

create table statistics_count (
  kind      smallint not null,
  month     integer not null,
  province  text not null,
  other     text not null,
  sex       smallint not null,
  detail    integer not null,
  amount    bigint not null,
  primary key (kind, month, province, other, sex, detail)
);

-- The rules by which the figures were counted; they are counted anew when the service has others.
create table statistics_state (
  id     smallint primary key check (id = 1),
  rules  integer not null
);

-- Recounts from the register, and in how many figures they differed from those kept.
create table statistics_check (
  check_id     uuid primary key,
  started_at   timestamptz not null,
  finished_at  timestamptz,
  persons      bigint,
  figures      bigint,
  differences  bigint
);

-- What is published: rounded figures of closed months, replaced as a whole by the next release.
create table statistics_release (
  id       smallint primary key check (id = 1),
  month    integer not null,
  edition  integer not null,
  made_at  timestamptz not null
);

create table statistics_figure (
  kind      smallint not null,
  month     integer not null,
  province  text not null,
  other     text not null,
  sex       smallint not null,
  detail    integer not null,
  value     integer not null,
  primary key (kind, month, province, other, sex, detail)
);

-- Decides how each figure is rounded, for ever: whoever knows it and a published figure is nearer
-- to the true one.
create table statistics_secret (
  id      smallint primary key check (id = 1),
  secret  bytea not null
);
