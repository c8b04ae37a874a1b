-- One incident as on the wire and in the log. Called by every verb that changes one, and by queries/incident_get.sql and live_snapshot.sql.
-- Most have nothing merged into them: these are counted without the search for what was.
create or replace function incident_json(i incident) returns jsonb language sql stable as $$
  select incident_row(i, k.name, k.kecamatan,
    case when exists (select 1 from incident m where m.duplicate_of = i.id) then incident_call_count(i.id)
      else (select count(*) from call c where c.incident_id = i.id) + i.without_call::int end,
    (select jsonb_agg(assignment_json(a) order by a.notified_at, a.id) from assignment a where a.incident_id = i.id)) || help_json(i.id)
  from (select 1) one left join kelurahan k on k.code = i.kelurahan_code
$$;
