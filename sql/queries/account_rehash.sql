-- Keeps a password by the parameters of now, unless it was changed meanwhile. Called by server/verbs/sign_in.ts.
update account set password_hash = :hash where id = :id::uuid and password_hash = :was returning id
