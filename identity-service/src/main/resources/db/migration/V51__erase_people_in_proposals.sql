-- Of whom a proposal was is not needed once it is decided: the journal says what was done on whose word.
UPDATE proposal SET content = '{}' WHERE status <> 'pending' AND act LIKE 'account-%';
