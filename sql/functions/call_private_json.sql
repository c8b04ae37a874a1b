-- A call with what its caller said and where the phone says it is (geo/wire/calls.ts): for those who handle it, never for the log.
create or replace function call_private_json(c call) returns jsonb language sql stable as $$
  select call_json(c) || jsonb_build_object(
    'caller_name', p.caller_name, 'caller_number', p.caller_number, 'address_text', p.address_text, 'description', p.description,
    'location', st_asgeojson(p.location, 7)::jsonb, 'accuracy_m', p.accuracy_m,
    'device_location', st_asgeojson(d.location, 7)::jsonb, 'device_accuracy_m', d.accuracy_m, 'device_located_at', d.fix_at)
  from (select 1) one left join call_private p on p.call_id = c.id left join device_location d on d.call_id = c.id
$$;
