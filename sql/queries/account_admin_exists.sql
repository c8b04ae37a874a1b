-- Whether somebody can sign in as admin: start-up prints no link for a first one then. Called by server/bin/serve.ts.
select exists (select 1 from account where role = 'admin' and active and password_hash is not null) as answer
