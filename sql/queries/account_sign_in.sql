-- What signing in needs of a login; also a disabled one, so that its refusal takes as long. Called by server/verbs/sign_in.ts.
select id, login, role, agency_id, unit_id, password_hash, active from account where login = :login
