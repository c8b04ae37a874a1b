-- Verb: somebody who holds a link answers (POST /api/survey). p_input {token_hash, scores [9], words?}. The link's row goes first, so it is used once however many
-- ask at once. Answer, words and the line of the log know the month of the case alone: none leads to it, nor to one another.
create or replace function survey_respond(p_input jsonb, p_now timestamptz, p_simulated boolean) returns boolean language plpgsql as $$
declare
  v_month date;
  v_salt text := gen_random_uuid()::text;
begin
  delete from survey_link where token_hash = p_input ->> 'token_hash' and expires_at > p_now and simulated = p_simulated returning month into v_month;
  if v_month is null then perform fail('SG404', 'token', 'tautan sudah dipakai, sudah lewat, atau tidak dikenal'); end if;
  insert into survey_answer (month, scores, simulated)
  values (v_month, array(select s::smallint from jsonb_array_elements_text(p_input -> 'scores') with ordinality x(s, n) order by n), p_simulated);
  if nullif(p_input ->> 'words', '') is not null then
    insert into survey_comment (month, body, salt, simulated) values (v_month, p_input ->> 'words', v_salt, p_simulated);
  end if;
  perform append_event('survey.answered', 'public', null, p_now, p_now, p_simulated, jsonb_build_object('month', to_char(v_month, 'YYYY-MM')));
  return true;
end $$;
