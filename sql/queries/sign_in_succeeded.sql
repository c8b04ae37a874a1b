-- See sql/functions/sign_in_succeeded.sql. Called by server/auth/shared_throttle.ts.
select sign_in_succeeded(:login, :address, :now::timestamptz)
