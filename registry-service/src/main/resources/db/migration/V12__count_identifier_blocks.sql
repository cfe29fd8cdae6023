-- How full each block of personal numbers is, counted in the background: allocating a number never
-- waits for a count. A block is all numbers that share the same facts of birth.

create table identifier_block (
  prefix      text primary key,
  capacity    bigint not null,
  given       bigint not null,
  counted_at  timestamptz not null
);
