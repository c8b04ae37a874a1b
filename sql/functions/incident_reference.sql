-- An incident by id and number, where another row points to it. A function of its own: with a query inside, assignment_json could not be inlined.
create or replace function incident_reference(p_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('incident_id', id, 'number', number) from incident where id = p_id
$$;
