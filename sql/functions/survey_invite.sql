-- Verb: a link to the satisfaction survey for the caller of a case, or of a call, that is over (POST /api/surveys). p_input {incident_number or call_id, token_hash,
-- expires_at}. Made again it takes the place of the unused one. Once used or run out there is no other: one case, one answer.
create or replace function survey_invite(p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  i incident;
  c call;
  v survey_invitation;
  v_at timestamptz;
begin
  if p_input ->> 'call_id' is not null then
    select * into c from call where id = (p_input ->> 'call_id')::uuid and simulated = p_simulated for update;
    if not found then perform fail('SG422', 'call_id', 'panggilan tidak ditemukan'); end if;
    if c.ended_at is null or coalesce(c.kind, '') not in ('real', 'information') then
      perform fail('SG409', 'call_id', 'hanya panggilan sungguhan yang sudah berakhir');
    end if;
    v_at := c.rang_at;
  end if;
  if p_input ->> 'incident_number' is not null or c.incident_id is not null then
    select * into i from incident where (number = p_input ->> 'incident_number' or id = c.incident_id) and simulated = p_simulated for update;
    if not found then perform fail('SG422', 'incident_number', 'nomor kejadian tidak ditemukan'); end if;
    if i.status not in ('closed', 'handed_over') then perform fail('SG409', 'incident_number', 'kejadian ini belum ditutup'); end if;
    v_at := i.received_at;
  end if;
  insert into survey_invitation (incident_id, call_id, simulated) values (i.id, case when i.id is null then c.id end, p_simulated) on conflict do nothing returning * into v;
  if v.id is null then
    select * into v from survey_invitation where incident_id = i.id or (i.id is null and call_id = c.id) for update;
    delete from survey_link where invitation_id = v.id and expires_at > p_now;
    if not found then
      perform fail('SG409', case when i.id is null then 'call_id' else 'incident_number' end, 'survei untuk kejadian ini sudah dijawab atau tautannya sudah lewat');
    end if;
  end if;
  insert into survey_link (invitation_id, token_hash, month, expires_at, simulated)
  values (v.id, p_input ->> 'token_hash', date_trunc('month', v_at at time zone 'Asia/Jakarta')::date, (p_input ->> 'expires_at')::timestamptz, p_simulated);
  perform append_event('survey.invited', p_actor, i.id, p_now, p_now, p_simulated, jsonb_build_object('incident_id', i.id, 'call_id', v.call_id));
  return jsonb_build_object('expires_at', p_input ->> 'expires_at');
end $$;
