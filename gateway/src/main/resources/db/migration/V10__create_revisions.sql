-- How often what replicas keep in memory was changed: each looks every second, and reads anew what
-- another has changed. Whoever changes something holds its row until the change is committed.
CREATE TABLE revision (
  subject text PRIMARY KEY,
  number bigint NOT NULL
);

INSERT INTO revision (subject, number) VALUES ('agreements', 0), ('peers', 0);
