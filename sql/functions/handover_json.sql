-- A hand-over note with its words (geo/wire/handover.ts). Never in the log.
create or replace function handover_json(h handover) returns jsonb language sql stable as $$
  select jsonb_build_object('id', h.id, 'day', h.day, 'shift', h.shift, 'cases', h.cases, 'revision', h.revision, 'written_at', h.written_at, 'written_by', h.written_by,
    'acknowledged_at', h.acknowledged_at, 'acknowledged_by', h.acknowledged_by, 'words', p.words, 'equipment', p.equipment)
  from handover_private p where p.handover_id = h.id
$$;
