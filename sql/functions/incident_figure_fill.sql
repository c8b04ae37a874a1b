-- Writes the figures of up to p_limit incidents anew, in order of time after (p_at, p_id): at the first start of a program that knows them, and when
-- incident_figure_of was changed. Rows lie in the order of time then, as figures read them. Answers how far it came, as {at, id}; null at the end.
-- Called by queries/incident_figure_fill.sql (server/db/migrate.ts).
create or replace function incident_figure_fill(p_at timestamptz, p_id uuid, p_limit integer) returns jsonb language sql as $$
  with batch as (
    select i as incident from incident i where (i.received_at, i.id) > (p_at, p_id) order by i.received_at, i.id limit p_limit
  ),
  written as (
    insert into incident_figure as t (incident_id, received_at, lon, lat, agent, opd, fire, dispatched_at, simulated, counted, open, late_entry, priority, kelurahan_code,
      incident_type, created_by)
    select f.incident_id, f.received_at, f.lon, f.lat, f.agent, f.opd, f.fire, f.dispatched_at, f.simulated, f.counted, f.open, f.late_entry, f.priority,
      f.kelurahan_code, f.incident_type, f.created_by
    from batch b cross join lateral incident_figure_of(b.incident) f
    on conflict (incident_id) do update set
      received_at = excluded.received_at, lon = excluded.lon, lat = excluded.lat, agent = excluded.agent, opd = excluded.opd, fire = excluded.fire,
      dispatched_at = excluded.dispatched_at, simulated = excluded.simulated, counted = excluded.counted, open = excluded.open,
      late_entry = excluded.late_entry, priority = excluded.priority, kelurahan_code = excluded.kelurahan_code,
      incident_type = excluded.incident_type, created_by = excluded.created_by
  )
  select jsonb_build_object('at', (b.incident).received_at, 'id', (b.incident).id)
  from batch b order by (b.incident).received_at desc, (b.incident).id desc limit 1
$$;
