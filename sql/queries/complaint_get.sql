-- A complaint whole: who complained, the words of each step, and of its case type, state and times alone. Called by server/routes/complaints.ts, which records the look.
select complaint_row(c) || jsonb_build_object('name', p.name, 'contact', p.contact,
  'notes', (select jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'body', n.body, 'actor', n.actor, 'at', n.at) order by n.ord) from complaint_note n where n.complaint_id = c.id),
  'incident', (select jsonb_build_object('number', i.number, 'incident_type', i.incident_type, 'type_name', t.name, 'status', i.status, 'received_at', i.received_at, 'dispatched_at', i.dispatched_at,
    'on_scene_at', i.on_scene_at, 'resolved_at', i.resolved_at) from incident i join incident_type t on t.code = i.incident_type where i.id = c.incident_id)) as complaint
from complaint c join complaint_private p on p.complaint_id = c.id where c.id = :id::uuid and c.simulated = :simulated::boolean
