-- The phones that are paired with a unit now, oldest first. The scopes as in unit_scoped. Called by server/verbs/devices.ts.
create or replace function device_list(p_unit uuid, p_scope_agency uuid, p_scope_unit uuid, p_now timestamptz) returns jsonb language plpgsql as $$
begin
  perform unit_scoped(p_unit, p_scope_agency, p_scope_unit);
  return coalesce((select jsonb_agg(device_json(c) order by c.created_at, c.id) from credential c
    where c.unit_id = p_unit and c.scope = 'positions' and c.revoked_at is null and (c.expires_at is null or c.expires_at > p_now)), '[]');
end $$;
