-- A photo of a report as told to those who handle the case: all but its bytes and what only the log needs.
create or replace function report_photo_json(p report_photo) returns jsonb language sql stable as $$
  select jsonb_build_object('id', p.id, 'incident_id', p.incident_id, 'agency_id', p.agency_id, 'number', p.number, 'kind', p.kind,
    'width', p.width, 'height', p.height, 'size_bytes', octet_length(p.bytes), 'written_at', p.written_at, 'written_by', p.written_by)
$$;
