-- The phones that are paired with a unit now, oldest first, each with what became of what it sent (`positions`). The scopes as in unit_scoped. Called by server/verbs/devices.ts.
create or replace function device_list(p_unit uuid, p_scope_agency uuid, p_scope_unit uuid, p_now timestamptz) returns jsonb language plpgsql as $$
begin
  perform unit_scoped(p_unit, p_scope_agency, p_scope_unit);
  return coalesce((select jsonb_agg(device_json(c) || jsonb_build_object('positions', position_source_json(s)) order by c.created_at, c.id) from credential c
    left join position_source s on s.unit_id = c.unit_id and s.device_id = c.id
    where c.unit_id = p_unit and c.scope = 'positions' and c.revoked_at is null and (c.expires_at is null or c.expires_at > p_now)), '[]');
end $$;
