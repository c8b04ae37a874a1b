-- Writes the figures of up to p_limit incidents after the id p_after anew, in order of id: at the first start of a program that knows them, and when
-- incident_figure_of was changed. Answers the last id looked at, null at the end. Called by queries/incident_figure_fill.sql (server/db/migrate.ts).
create or replace function incident_figure_fill(p_after uuid, p_limit integer) returns uuid language sql as $$
  with batch as (select i as incident from incident i where i.id > p_after order by i.id limit p_limit),
  written as (
    insert into incident_figure as t (incident_id, received_at, lon, lat, agent_seconds, opd_seconds, fire_seconds, dispatched_at, agent_state, opd_state,
      fire_state, simulated, counted, open, late_entry, priority, kelurahan_code, incident_type, created_by)
    select f.* from batch b cross join lateral incident_figure_of(b.incident) f
    on conflict (incident_id) do update set
      received_at = excluded.received_at, lon = excluded.lon, lat = excluded.lat, agent_seconds = excluded.agent_seconds, opd_seconds = excluded.opd_seconds,
      fire_seconds = excluded.fire_seconds, dispatched_at = excluded.dispatched_at, agent_state = excluded.agent_state, opd_state = excluded.opd_state,
      fire_state = excluded.fire_state, simulated = excluded.simulated, counted = excluded.counted, open = excluded.open, late_entry = excluded.late_entry,
      priority = excluded.priority, kelurahan_code = excluded.kelurahan_code, incident_type = excluded.incident_type, created_by = excluded.created_by
  )
  select max((b.incident).id::text)::uuid from batch b
$$;
