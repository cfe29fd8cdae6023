-- What a person allowed a client to ask others about, as it was shown to them; so far only its digest was kept.
ALTER TABLE consent ADD COLUMN authorization_details jsonb NOT NULL DEFAULT '[]';
