-- What the log may know of a breach: its times, numbers and outcome, no words.
create or replace function breach_told(b breach) returns jsonb language sql stable as $$
  select case when b.id is null then '{}'::jsonb else jsonb_build_object('id', b.id, 'found_at', b.found_at, 'subjects', b.subjects,
    'authority_notified_at', b.authority_notified_at, 'subjects_notified_at', b.subjects_notified_at, 'outcome', b.outcome, 'concluded_at', b.concluded_at,
    'revision', b.revision) end
$$;
