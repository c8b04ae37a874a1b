-- Verb: a respondent's words go with their salt (DELETE /api/skm/comments/:id).
create or replace function survey_comment_erase(p_id uuid, p_actor text, p_now timestamptz, p_simulated boolean) returns boolean language plpgsql as $$
begin
  update survey_comment set body = null, salt = null, erased_at = p_now where id = p_id and simulated = p_simulated and erased_at is null;
  if not found then perform fail('SG404', 'id', 'kata-kata ini tidak ada'); end if;
  perform append_event('survey.comment_erased', p_actor, null, p_now, p_now, p_simulated, jsonb_build_object('comment_id', p_id));
  return true;
end $$;
