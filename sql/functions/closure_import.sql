-- Imported closures take the place of those imported before, never of others. Called by import_swap within its transaction.
-- p_rows [{kind, reason, geom (hex EWKB), depth_cm, speed_factor, starts_at, ends_at}], judged by server/import/closures.ts.
-- Answers the line of the log; null when the same ones are there already.
create or replace function closure_import(p_rows jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns bigint language plpgsql as $$
declare
  v_before jsonb;
  v_after jsonb;
  v_replaced integer;
begin
  lock table closure in share row exclusive mode;
  select coalesce(jsonb_agg(t order by t::text), '[]') into v_before from (
    select jsonb_build_array(kind, reason, md5(st_asbinary(geom)), depth_cm, speed_factor, starts_at, ends_at) as t from closure
    where origin = 'import' and simulated = p_simulated and deleted_at is null and ends_at > p_now) a;
  select coalesce(jsonb_agg(t order by t::text), '[]') into v_after from (
    select jsonb_build_array(kind, reason, md5(st_asbinary(geom::geometry)), depth_cm, speed_factor, starts_at, ends_at) as t
    from jsonb_to_recordset(p_rows) as r (kind text, reason text, geom text, depth_cm integer, speed_factor float8, starts_at timestamptz, ends_at timestamptz)) b;
  if v_before = v_after then return null; end if;
  v_replaced := closure_retire('import', p_now, p_simulated);
  insert into closure (kind, reason, geom, depth_cm, speed_factor, starts_at, ends_at, simulated, created_by, origin)
  select kind, reason, st_setsrid(geom::geometry, 4326), depth_cm, speed_factor, starts_at, ends_at, p_simulated, p_actor, 'import'
  from jsonb_to_recordset(p_rows) as r (kind text, reason text, geom text, depth_cm integer, speed_factor float8, starts_at timestamptz, ends_at timestamptz);
  return append_event('closure.imported', p_actor, null, p_now, p_now, p_simulated,
    jsonb_build_object('count', jsonb_array_length(p_rows), 'replaced', v_replaced, 'closures', closures_told(p_now, p_simulated)));
end $$;
