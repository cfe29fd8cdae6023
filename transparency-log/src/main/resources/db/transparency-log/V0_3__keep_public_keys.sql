-- A finished year's log is served when its private key is gone: its public key stays with it.
ALTER TABLE transparency_log ADD COLUMN verifier_key text;
