-- Verb: fixes come in, by the thousand, outside the log. p_rows [{unit_id | callsign (the id counts where both stand), lon, lat, fix_at?, speed_kmh?, heading?, accuracy_m?, source, personal?}].
-- `personal`: by a person's phone, which is not followed home: off duty and without a job its fixes are refused.
-- Answers one row for each: the unit's id, and the reason when it was refused. The latest fix of a unit never goes back in time.
create or replace function position_ingest(p_rows jsonb, p_now timestamptz, p_simulated boolean)
returns table (ord bigint, unit_id uuid, reason text) language sql as $$
  with given as (
    select r.ord, u.id as unit_id, coalesce((r.raw ->> 'fix_at')::timestamptz, p_now) as fix_at,
           (r.raw ->> 'lon')::float8 as lon, (r.raw ->> 'lat')::float8 as lat, (r.raw ->> 'speed_kmh')::real as speed_kmh,
           (r.raw ->> 'heading')::real as heading, (r.raw ->> 'accuracy_m')::real as accuracy_m, coalesce(r.raw ->> 'source', 'json') as source,
           coalesce((r.raw ->> 'personal')::boolean, false) as personal, u.duty
    from jsonb_array_elements(p_rows) with ordinality as r(raw, ord)
    left join unit u on u.active and (u.id::text = r.raw ->> 'unit_id' or (r.raw ->> 'unit_id' is null and u.callsign = r.raw ->> 'callsign'))
  ), judged as (
    select g.*, case
      when g.unit_id is null then 'unknown_unit'
      when g.fix_at > p_now + interval '60 seconds' then 'future'
      when g.fix_at < p_now - interval '24 hours' then 'too_old'
      when g.lon = 0 and g.lat = 0 then 'zero'
      when g.accuracy_m > 5000 then 'inaccurate'
      when g.personal and g.duty = 'off' and not exists (select from assignment a where a.unit_id = g.unit_id and a.active and a.simulated = p_simulated) then 'off_duty'
    end as reason from given g
  ), kept as (
    insert into position (unit_id, fix_at, received_at, location, speed_kmh, heading, accuracy_m, source, simulated)
    select j.unit_id, j.fix_at, p_now, st_setsrid(st_makepoint(j.lon, j.lat), 4326), j.speed_kmh, j.heading, j.accuracy_m, j.source, p_simulated
    from judged j where j.reason is null
  ), latest as (
    insert into unit_position as p (unit_id, fix_at, received_at, location, speed_kmh, heading, accuracy_m, source, simulated)
    select distinct on (j.unit_id) j.unit_id, j.fix_at, p_now, st_setsrid(st_makepoint(j.lon, j.lat), 4326), j.speed_kmh, j.heading, j.accuracy_m, j.source, p_simulated
    from judged j where j.reason is null order by j.unit_id, j.fix_at desc
    on conflict (unit_id) do update set fix_at = excluded.fix_at, received_at = excluded.received_at, location = excluded.location,
      speed_kmh = excluded.speed_kmh, heading = excluded.heading, accuracy_m = excluded.accuracy_m, source = excluded.source, simulated = excluded.simulated
    where excluded.fix_at > p.fix_at or p.simulated is distinct from excluded.simulated
  )
  select j.ord, j.unit_id, j.reason from judged j order by j.ord
$$;
