-- Verb: a closure is drawn, changed or lifted (routes/closures.ts). p_id null: a new one; p_input as geo/wire/requests.ts closureInput, any part of it for a
-- change; {"deleted": true} lifts it. Answers {closure, seq}; the log line carries all closures in force or to come, so that screens replace theirs.
create or replace function closure_write(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b closure;
  c closure;
  v_seq bigint;
  v_kind text := 'closure.created';
begin
  if p_id is null then
    c.id := gen_random_uuid(); c.simulated := p_simulated; c.created_by := p_actor;
  else
    select * into b from closure where id = p_id and simulated = p_simulated and deleted_at is null for update;
    if not found then perform fail('SG404', 'id', 'penutupan tidak ditemukan'); end if;
    c := b;
    v_kind := case when p_input ? 'deleted' then 'closure.deleted' else 'closure.updated' end;
  end if;
  c.kind := coalesce(p_input ->> 'kind', c.kind);
  c.reason := coalesce(p_input ->> 'reason', c.reason);
  if p_input ? 'geometry' then c.geom := st_setsrid(st_geomfromgeojson(p_input ->> 'geometry'), 4326); end if;
  if not st_isvalid(c.geom) then perform fail('SG422', 'geometry', 'bentuk tidak sah: ' || st_isvalidreason(c.geom)); end if;
  if p_input ? 'depth_cm' then c.depth_cm := (p_input ->> 'depth_cm')::integer; end if;
  c.speed_factor := coalesce((p_input ->> 'speed_factor')::float8, c.speed_factor, 0);
  c.starts_at := coalesce((p_input ->> 'starts_at')::timestamptz, c.starts_at);
  c.ends_at := coalesce((p_input ->> 'ends_at')::timestamptz, c.ends_at);
  if c.ends_at <= c.starts_at then perform fail('SG422', 'ends_at', 'harus sesudah starts_at'); end if;
  if p_input ? 'deleted' then c.deleted_at := p_now; end if;
  insert into closure values (c.*) on conflict (id) do update set kind = excluded.kind, reason = excluded.reason, geom = excluded.geom, depth_cm = excluded.depth_cm,
    speed_factor = excluded.speed_factor, starts_at = excluded.starts_at, ends_at = excluded.ends_at, deleted_at = excluded.deleted_at;
  v_seq := append_event(v_kind, p_actor, null, p_now, p_now, p_simulated, jsonb_build_object(
    'before', case when b.id is null then '{}' else jsonb_changed(closure_json(b), closure_json(c)) end, 'after', closure_json(c),
    'closures', coalesce((select jsonb_agg(closure_json(o) order by o.starts_at) from closure o where o.deleted_at is null and o.ends_at > p_now and o.simulated = p_simulated), '[]')));
  return jsonb_build_object('closure', closure_json(c), 'seq', v_seq);
end $$;
