-- The alias an input tells of {alias, target_type, target_name, target_kelurahan_code, lon, lat, incident_id?}, not yet in its table. Called by alias_propose and alias_add.
-- "alias" is quoted here and there because plpgsql has a word ALIAS.
create or replace function alias_read(p_input jsonb, p_now timestamptz, p_simulated boolean) returns alias language plpgsql as $$
declare
  n "alias";
begin
  n.id := gen_random_uuid(); n.salt := gen_random_uuid()::text; n.times := 1; n.status := 'proposed';
  n.alias := p_input ->> 'alias'; n.target_type := p_input ->> 'target_type'; n.target_name := p_input ->> 'target_name';
  n.target_kelurahan_code := p_input ->> 'target_kelurahan_code'; n.incident_id := (p_input ->> 'incident_id')::uuid;
  n.location := st_setsrid(st_makepoint((p_input ->> 'lon')::float8, (p_input ->> 'lat')::float8), 4326);
  n.proposed_at := p_now; n.last_at := p_now; n.simulated := p_simulated;
  return n;
end $$;
