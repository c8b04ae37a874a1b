-- Which of these units are on a job, and what whoever wants one must know of it before he decides (geo/wire/problem.ts, busyUnit).
-- Called by assignment_create.
create or replace function busy_units(p_units uuid[], p_simulated boolean)
returns table (unit_id uuid, callsign text, assignment_id uuid, incident_id uuid, number text, queued_incident_id uuid, detail jsonb) language sql stable as $$
  select u.id, u.callsign, a.id, i.id, i.number, q.incident_id, jsonb_build_object(
    'unit_id', u.id, 'callsign', u.callsign, 'incident_id', i.id, 'number', i.number, 'incident_type', i.incident_type, 'incident_status', i.status,
    'place_label', i.place_label, 'kelurahan', k.name, 'assignment_status', a.status, 'since', a.notified_at, 'assigned_by', a.created_by,
    'others', (select count(*) from assignment o where o.incident_id = i.id and o.active and o.id <> a.id),
    'queued', case when qi.id is not null then jsonb_build_object('incident_id', qi.id, 'number', qi.number) end)
  from unit u
  join assignment a on a.unit_id = u.id and a.active and a.queued_behind is null and a.simulated = p_simulated
  join incident i on i.id = a.incident_id
  left join assignment q on q.unit_id = u.id and q.active and q.queued_behind is not null and q.simulated = p_simulated
  left join incident qi on qi.id = q.incident_id
  left join kelurahan k on k.code = i.kelurahan_code
  where u.id = any (p_units)
$$;
