-- Raises an error that server/errors.ts turns into a Problem: p_code SG403, SG404, SG409 or SG422, the field at fault, the reason.
create or replace function fail(p_code text, p_field text, p_reason text) returns void language plpgsql as $$
begin
  raise exception using errcode = p_code, message = p_reason, detail = p_field;
end $$;
