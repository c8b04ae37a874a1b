-- Salted digest of a text. Called by tests/server/database.test.ts.
select private_digest(:salt, :text)
