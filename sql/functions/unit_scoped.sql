-- The unit that somebody acts for. The scopes (agency, unit) are null for those who may act for any; refuses what is not theirs. Called by the verbs of units.
create or replace function unit_scoped(p_id uuid, p_scope_agency uuid, p_scope_unit uuid) returns unit language plpgsql as $$
declare
  u unit;
begin
  select * into u from unit where id = p_id for no key update;
  if not found or not u.active then perform fail('SG404', 'id', 'unit tidak ditemukan'); end if;
  if (p_scope_agency is not null and u.agency_id <> p_scope_agency) or (p_scope_unit is not null and u.id <> p_scope_unit) then
    perform fail('SG403', 'id', 'unit ini bukan milik Anda');
  end if;
  return u;
end $$;
