-- Verb: an admin keeps a case from being erased (PUT /api/privacy/cases/:number/hold), or lets it go again (DELETE; p_reason null). SG409 when it is so already.
create or replace function privacy_hold_put(p_id uuid, p_reason text, p_actor text, p_now timestamptz, p_simulated boolean) returns void language plpgsql as $$
declare
  i incident;
  k incident_hold;
begin
  select * into i from incident where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'number', 'kejadian tidak ditemukan'); end if;
  select * into k from incident_hold where incident_id = p_id and lifted_at is null;
  if p_reason is not null then
    if k.id is not null then perform fail('SG409', 'number', 'kasus ini sudah ditahan'); end if;
    insert into incident_hold (incident_id, reason, salt, placed_at, placed_by) values (p_id, p_reason, gen_random_uuid()::text, p_now, p_actor) returning * into k;
  else
    if k.id is null then perform fail('SG409', 'number', 'kasus ini tidak ditahan'); end if;
    update incident_hold set lifted_at = p_now, lifted_by = p_actor where id = k.id;
  end if;
  perform append_event(case when p_reason is null then 'privacy.hold_lifted' else 'privacy.hold_placed' end, p_actor, p_id, p_now, p_now, i.simulated,
    jsonb_build_object('hold_id', k.id, 'private', jsonb_strip_nulls(jsonb_build_object('reason', private_digest(k.salt, p_reason)))));
end $$;
