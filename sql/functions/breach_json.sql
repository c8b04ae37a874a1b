-- A suspected breach as on the wire (geo/wire/breach.ts): for admins alone, never for the log.
create or replace function breach_json(b breach) returns jsonb language sql stable as $$
  select to_jsonb(b) - 'salt' || jsonb_build_object('cases', coalesce((
    select jsonb_agg(jsonb_build_object('incident_id', i.id, 'number', i.number, 'received_at', i.received_at) order by i.received_at, i.id)
    from breach_case c join incident i on i.id = c.incident_id where c.breach_id = b.id), '[]'))
$$;
