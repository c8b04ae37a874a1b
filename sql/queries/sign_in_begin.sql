-- See sql/functions/sign_in_begin.sql. Called by server/auth/shared_throttle.ts.
select sign_in_begin(:login, :address, :free::integer[], :longest::integer[], :now::timestamptz) as wait
