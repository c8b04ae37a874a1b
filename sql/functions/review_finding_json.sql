-- A finding with its words (geo/wire/review.ts). Never in the log.
create or replace function review_finding_json(f review_finding) returns jsonb language sql stable as $$
  select jsonb_build_object('id', f.id, 'category', f.category, 'severity', f.severity, 'due_on', f.due_on, 'done_at', f.done_at, 'revision', f.revision,
    'made_at', f.made_at, 'made_by', f.made_by, 'words', p.words, 'follow_up', p.follow_up)
  from review_finding_private p where p.finding_id = f.id
$$;
