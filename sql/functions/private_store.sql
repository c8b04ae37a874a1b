-- Every table where data of people rests: THE place that erasure works from, one line each. A new table with private words is a line here;
-- tests/server/personal_data.test.ts names a table or column that is missing. Columns:
--   period   which retention period holds (geo/privacy/retention.ts)
--   of_case  its rows belong to cases and are erased with them, counted from the end of the case
--   joined   null: the row has incident_id itself; else the join to a table `c` that has it
--   alone    null: never; else which rows that are of no case are due, $1 being the moment before which all is due
--   holds    which rows still hold something
--   cleared  what is set, $2 being now; null: the row itself goes
create or replace function private_store()
returns table (store text, period text, of_case boolean, joined text, alone text, holds text, cleared text) language sql immutable as $$
  values
  ('incident_private', 'words', true, null, null, 't.erased_at is null',
    'caller_name = null, caller_number = null, address_text = null, description = null, salt = '''', erased_at = $2'),
  ('call_private', 'words', true, 'join call c on c.id = t.call_id', 'c.incident_id is null and c.rang_at < $1', 't.erased_at is null',
    'caller_name = null, caller_number = null, address_text = null, description = null, location = null, accuracy_m = null, number_hash = null, salt = '''', erased_at = $2'),
  ('incident_note', 'words', true, null, null, 'true', null),
  ('agency_report', 'words', true, null, null, 't.salt <> ''''', 'cause = null, damage = null, measures = null, words = null, salt = '''''),
  ('final_report', 'words', true, null, null, 't.salt <> ''''',
    'summary = null, cause = null, outcome = null, damage = null, told = null, notes = null, salt = '''''),
  ('report_photo', 'words', true, null, null, 'true', null),
  ('review_finding_private', 'words', true, 'join review_finding f on f.id = t.finding_id join review_case c on c.id = f.review_id', null, 't.erased_at is null',
    'words = null, follow_up = null, salt = '''', erased_at = $2'),
  ('handover_private', 'words', false, 'join handover h on h.id = t.handover_id', 'h.written_at < $1', 't.erased_at is null',
    'words = null, equipment = null, salt = '''', erased_at = $2'),
  -- An admin erases those who left (staff_erase): nothing of the staff goes by age.
  ('staff_private', 'view', false, null, null, 't.erased_at is null', 'name = null, salt = '''', erased_at = $2'),
  ('staff_record', 'view', false, null, null, 'true', null),
  ('complaint_private', 'words', false, 'join complaint k on k.id = t.complaint_id', 'k.closed_at < $1', 't.erased_at is null',
    'name = null, contact = null, salt = null, erased_at = $2'),
  ('complaint_note', 'words', false, 'join complaint k on k.id = t.complaint_id', 'k.closed_at < $1', 't.body is not null', 'body = null, salt = null'),
  ('survey_comment', 'words', false, null, 't.month < $1', 't.erased_at is null', 'body = null, salt = null, erased_at = $2'),
  -- The code of the reason stays, for the ledger.
  ('dispatch_decision', 'words', true, null, null, 't.override_reason is not null', 'reason_code = coalesce(t.reason_code, ''lainnya''), override_reason = null'),
  -- A name for a place that is in force is public; what was only proposed, or rejected, is a caller's words.
  ('alias', 'words', true, null, 't.incident_id is null and t.status = ''rejected'' and t.last_at < $1', 't.status <> ''accepted''', null),
  ('idempotency_key', 'words', true, null, null, 'true', null),
  ('device_location', 'device_location', true, 'join call c on c.id = t.call_id', 'c.incident_id is null and c.rang_at < $1', 'true', null),
  ('incident_hold', 'view', false, null, 't.lifted_at < $1', 't.reason is not null', 'reason = null, salt = '''''),
  ('erasure', 'view', false, null, 't.at < $1', 't.reason is not null', 'reason = null, salt = '''''),
  ('breach', 'view', false, null, 't.concluded_at < $1', 't.salt <> ''''',
    'what = null, data = null, how = null, measures = null, authority_how = null, subjects_how = null, conclusion = null, salt = '''''),
  ('private_view', 'view', false, null, 't.at < $1 and not exists (select 1 from incident_hold h where h.incident_id = t.incident_id and h.lifted_at is null)', 'true', null)
$$;
