-- Verb: a closure is drawn, changed, ended, lifted or put back (routes/closures.ts). p_id null: a new one; p_input as geo/wire/closures.ts
-- closureInput, any part of it for a change. {"ended": true} ends it now, {"deleted": true} lifts it as if it had never been meant,
-- {"deleted": false} puts a lifted one back. {"revision": n} refuses (SG409) what somebody else changed meanwhile.
-- Without speed_factor a depth decides alone. Answers {closure, seq}; the log line carries all closures in force or to come.
create or replace function closure_write(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b closure;
  c closure;
  v_seq bigint;
  v_fault text;
  v_kind text := 'closure.created';
begin
  if p_id is null then
    c.id := gen_random_uuid(); c.simulated := p_simulated; c.created_by := p_actor; c.origin := 'hand'; c.revision := 1;
    if p_input ->> 'speed_factor' is null and p_input ->> 'depth_cm' is null then
      perform fail('SG422', 'speed_factor', 'sebutkan speed_factor (0 = tertutup) atau depth_cm');
    end if;
  else
    select * into b from closure where id = p_id and simulated = p_simulated for update;
    if not found or (b.deleted_at is not null and p_input -> 'deleted' is distinct from 'false') then
      perform fail('SG404', 'id', 'penutupan tidak ditemukan');
    end if;
    if (p_input ->> 'revision')::integer <> b.revision then
      perform fail('SG409', 'revision', 'sudah diubah orang lain; yang tampil kini keadaan terbarunya');
    end if;
    c := b;
    c.revision := b.revision + 1;
    v_kind := case
      when p_input -> 'deleted' = 'true' then 'closure.deleted' when p_input -> 'deleted' = 'false' then 'closure.restored'
      when p_input -> 'ended' = 'true' then 'closure.ended' else 'closure.updated' end;
  end if;
  c.kind := coalesce(p_input ->> 'kind', c.kind);
  c.reason := coalesce(p_input ->> 'reason', c.reason);
  if p_input ? 'geometry' then
    c.geom := st_setsrid(st_geomfromgeojson(p_input ->> 'geometry'), 4326);
    v_fault := closure_shape_fault(c.geom);
    if v_fault is not null then perform fail('SG422', 'geometry', v_fault); end if;
  end if;
  if p_input ? 'depth_cm' then c.depth_cm := (p_input ->> 'depth_cm')::integer; end if;
  c.speed_factor := coalesce((p_input ->> 'speed_factor')::float8, c.speed_factor, case when c.depth_cm is null then 0 else 1 end);
  c.starts_at := coalesce((p_input ->> 'starts_at')::timestamptz, c.starts_at);
  c.ends_at := coalesce((p_input ->> 'ends_at')::timestamptz, c.ends_at);
  if p_input -> 'ended' = 'true' then
    if c.starts_at >= p_now then perform fail('SG422', 'ended', 'belum mulai: cabut saja'); end if;
    if c.ends_at <= p_now then perform fail('SG409', 'ended', 'sudah berakhir'); end if;
    c.ends_at := p_now;
  elsif c.ends_at <= c.starts_at then
    perform fail('SG422', 'ends_at', 'harus sesudah starts_at');
  elsif (p_id is null or p_input ? 'ends_at') and c.ends_at <= p_now then
    perform fail('SG422', 'ends_at', 'sudah lewat');
  end if;
  if p_input ? 'deleted' then c.deleted_at := case when p_input -> 'deleted' = 'true' then p_now end; end if;
  insert into closure values (c.*) on conflict (id) do update set kind = excluded.kind, reason = excluded.reason, geom = excluded.geom, depth_cm = excluded.depth_cm,
    speed_factor = excluded.speed_factor, starts_at = excluded.starts_at, ends_at = excluded.ends_at, deleted_at = excluded.deleted_at, revision = excluded.revision;
  v_seq := append_event(v_kind, p_actor, null, p_now, p_now, p_simulated, jsonb_build_object(
    'before', case when b.id is null then '{}' else jsonb_changed(closure_json(b), closure_json(c)) end, 'after', closure_json(c),
    'closures', closures_told(p_now, p_simulated)));
  return jsonb_build_object('closure', closure_json(c), 'seq', v_seq);
end $$;
