-- Requests for help of one incident as on the wire, without words; an empty object where nobody asked, so that nothing is added to most rows.
create or replace function help_json(p_incident_id uuid) returns jsonb language sql stable as $$
  select case when count(*) = 0 then '{}'::jsonb else jsonb_build_object('help_requests', jsonb_agg(jsonb_build_object('id', h.id, 'agency_id', h.agency_id,
    'agency_kind', h.agency_kind, 'quantity', h.quantity, 'status', h.status, 'asked_at', h.asked_at, 'answered_at', h.answered_at) order by h.asked_at, h.id)) end
  from help_request h where h.incident_id = p_incident_id
$$;
