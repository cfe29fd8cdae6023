-- Outcomes are forgotten by age.
create index operation_created_at on operation (created_at);
