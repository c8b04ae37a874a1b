-- Keeps `incident_figure` in step with `incident`, in the transaction that changes it; a whole statement's rows at once. Where the place changes the
-- cells are unknown again. Called by the triggers below, which are made anew with it.
create or replace function incident_figure_follow() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from incident_figure t using gone i where t.incident_id = i.id;
  elsif tg_op = 'INSERT' then
    insert into incident_figure (incident_id, received_at, lon, lat, agent, opd, fire, dispatched_at, simulated, counted, open, late_entry, priority, kelurahan_code,
      incident_type, created_by)
    select f.incident_id, f.received_at, f.lon, f.lat, f.agent, f.opd, f.fire, f.dispatched_at, f.simulated, f.counted, f.open, f.late_entry, f.priority,
      f.kelurahan_code, f.incident_type, f.created_by
    from fresh i cross join lateral incident_figure_of(i) f;
  else
    update incident_figure t set
      received_at = f.received_at, lon = f.lon, lat = f.lat, agent = f.agent, opd = f.opd, fire = f.fire, dispatched_at = f.dispatched_at,
      simulated = f.simulated, counted = f.counted, open = f.open, late_entry = f.late_entry, priority = f.priority,
      kelurahan_code = f.kelurahan_code, incident_type = f.incident_type, created_by = f.created_by,
      h3_7 = case when (t.lon, t.lat) = (f.lon, f.lat) then t.h3_7 end, h3_8 = case when (t.lon, t.lat) = (f.lon, f.lat) then t.h3_8 end,
      h3_9 = case when (t.lon, t.lat) = (f.lon, f.lat) then t.h3_9 end, h3_10 = case when (t.lon, t.lat) = (f.lon, f.lat) then t.h3_10 end
    from fresh i cross join lateral incident_figure_of(i) f
    where t.incident_id = f.incident_id
      and (t.received_at, t.lon, t.lat, t.agent, t.opd, t.fire, t.dispatched_at, t.simulated, t.counted, t.open, t.late_entry, t.priority,
        t.kelurahan_code, t.incident_type, t.created_by)
      is distinct from (f.received_at, f.lon, f.lat, f.agent, f.opd, f.fire, f.dispatched_at, f.simulated, f.counted, f.open, f.late_entry, f.priority,
        f.kelurahan_code, f.incident_type, f.created_by);
  end if;
  return null;
end $$;

create or replace trigger incident_figure_made after insert on incident
  referencing new table as fresh for each statement execute function incident_figure_follow();
create or replace trigger incident_figure_changed after update on incident
  referencing new table as fresh for each statement execute function incident_figure_follow();
create or replace trigger incident_figure_gone after delete on incident
  referencing old table as gone for each statement execute function incident_figure_follow();
