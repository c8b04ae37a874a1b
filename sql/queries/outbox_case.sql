-- All that a message to the data centre tells of a case, from the tables as they are now, with the head of the log at the same moment; callers' names
-- and numbers only :with_callers. Called by server/integrations/kominfo/payload.ts.
select incident_json(i) as incident,
  (select jsonb_build_object('name', t.name, 'class', t.class, 'on_scene_minutes', t.on_scene_minutes) from incident_type t where t.code = i.incident_type) as type,
  (select number from incident where id = i.duplicate_of) as duplicate_number,
  coalesce((select jsonb_agg(call_json(c) - array['incident_id', 'simulated', 'line'] || jsonb_build_object(
      'caller_name', case when :with_callers::boolean then p.caller_name end, 'caller_number', case when :with_callers::boolean then p.caller_number end) order by c.rang_at, c.id)
    from call c left join call_private p on p.call_id = c.id where c.incident_id = i.id), '[]') as calls,
  coalesce((select jsonb_agg(assignment_json(a) - array['incident_id', 'simulated', 'queued_behind'] || jsonb_build_object('agency_code', g.code, 'agency', g.name, 'callsign', u.callsign)
      order by a.notified_at, a.id)
    from assignment a join agency g on g.id = a.agency_id left join unit u on u.id = a.unit_id where a.incident_id = i.id), '[]') as assignments,
  coalesce((select jsonb_agg(to_jsonb(r) - array['salt', 'incident_id'] || jsonb_build_object('agency_code', g.code, 'agency', g.name) order by r.written_at)
    from agency_report r join agency g on g.id = r.agency_id where r.incident_id = i.id), '[]') as reports,
  (select to_jsonb(f) - array['salt', 'incident_id'] from final_report f where f.incident_id = i.id) as final_report,
  (select jsonb_build_object('log_id', h.log_id, 'seq', h.seq, 'hash', h.hash) from log_head h where h.id = 1) as log
from incident i where i.id = :id::uuid
