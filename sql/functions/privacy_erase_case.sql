-- Verb: everything that is held of one case goes at once, because the person asked for it (POST /api/privacy/cases/:number/erase), or again after a
-- restore brought it back (p_again: server/privacy/eraser.ts, without a reason). SG409 while the case is open or on hold, or when nothing is left.
create or replace function privacy_erase_case(p_id uuid, p_reason text, p_again boolean, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  i incident;
  e erasure;
begin
  select * into i from incident where id = p_id for update;
  if not found then perform fail('SG404', 'number', 'kejadian tidak ditemukan'); end if;
  if private_ended_at(i) is null then
    perform fail('SG409', 'number', case when i.open or (select h.open from incident h where h.id = incident_head(i.id))
      then 'kasus masih terbuka; datanya diperlukan untuk penanganan' else 'kasus ditahan; cabut penahanan dahulu' end);
  end if;
  e.erased := private_clear(array(select distinct period from private_store() where of_case), array[p_id], p_now);
  if e.erased = '{}' then perform fail('SG409', 'number', 'tidak ada lagi data pribadi pada kasus ini'); end if;
  e.salt := gen_random_uuid()::text; e.rule := case when p_again then 'request_again' else 'request' end;
  insert into erasure (rule, incident_id, cases, erased, reason, salt, at, actor)
  values (e.rule, p_id, 1, e.erased, p_reason, e.salt, p_now, p_actor) returning * into e;
  perform append_event('privacy.erased_on_request', p_actor, p_id, p_now, p_now, i.simulated, jsonb_build_object('rule', e.rule, 'erasure_id', e.id, 'cases', 1,
    'erased', e.erased, 'private', jsonb_strip_nulls(jsonb_build_object('reason', private_digest(e.salt, p_reason)))));
  return jsonb_build_object('erased', e.erased, 'at', e.at);
end $$;
