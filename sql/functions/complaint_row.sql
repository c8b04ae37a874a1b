-- A complaint as in a list: with who complained by initials alone, and whether there is a way to answer.
create or replace function complaint_row(c complaint) returns jsonb language sql stable as $$
  select complaint_json(c) || jsonb_build_object(
    'name_masked', regexp_replace(p.name, '(\S)\S*', '\1•••', 'g'), 'has_contact', p.contact is not null, 'erased', p.erased_at is not null)
  from complaint_private p where p.complaint_id = c.id
$$;
