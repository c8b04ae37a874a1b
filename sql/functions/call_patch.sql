-- Verb: what a call turned out to be, when it was answered and ended, what its caller said, which incident it is about (PATCH /api/calls/:id).
-- p_input {kind?, answered_at?, answered_by?, ended_at?, incident_id?, caller_name?, caller_number?, number_hidden?, address_text?, description?, lon? + lat? (null: none), accuracy_m?};
-- a key that is there sets its field. Of a call that rings at the desks the first answer stays, and no time lies ahead; `answered_by` is the login that
-- has it, as the PBX says. A kind that is no longer prank or ghost lifts the block set with it. incident_id attaches, null detaches; attaching elsewhere needs detaching first, and a case that is over takes no calls.
-- Lines: call.updated for the call, incident.call_attached or incident.call_detached for the incident and each it was merged into. Nothing changed: no line.
create or replace function call_patch(p_id uuid, p_input jsonb, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  b call;
  c call;
  pb call_private;
  p call_private;
  v_target incident;
  v_heads uuid[];
  v_counts jsonb;
  v_known record;
  v_block uuid;
  v_seq bigint;
begin
  select * into b from call where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'panggilan tidak ditemukan'); end if;
  c := b;
  if p_input ? 'kind' then c.kind := p_input ->> 'kind'; end if;
  if p_input ? 'answered_at' then c.answered_at := (p_input ->> 'answered_at')::timestamptz; end if;
  if p_input ? 'ended_at' then c.ended_at := (p_input ->> 'ended_at')::timestamptz; end if;
  if c.rings then
    if p_input ->> 'answered_at' is not null then c.answered_at := coalesce(b.answered_at, greatest(b.rang_at, least(c.answered_at, p_now))); end if;
    if p_input ->> 'ended_at' is not null then c.ended_at := greatest(b.rang_at, least(c.ended_at, p_now)); end if;
    if p_input ->> 'answered_by' is not null and c.answered_at is not null then c.answered_by := coalesce(b.answered_by, account_at_desk(p_input ->> 'answered_by')); end if;
  end if;
  if p_input ? 'number_hidden' then c.number_hidden := (p_input ->> 'number_hidden')::boolean; end if;
  if p_input ? 'incident_id' then c.incident_id := (p_input ->> 'incident_id')::uuid; end if;
  if c.incident_id is distinct from b.incident_id then
    select * into v_target from incident where id = coalesce(c.incident_id, b.incident_id) and simulated = p_simulated for update;
    if not found then perform fail('SG422', 'incident_id', 'kejadian tidak ditemukan'); end if;
    if c.incident_id is not null then
      if b.incident_id is not null then
        perform fail('SG409', 'incident_id', format('panggilan ini tercatat pada %s; lepaskan dahulu', (select number from incident where id = b.incident_id)));
      elsif v_target.status = 'duplicate' then
        perform fail('SG409', 'incident_id', format('%s sudah digabung ke %s; sambungkan ke sana', v_target.number, (select number from incident where id = incident_head(v_target.id))));
      elsif v_target.status in ('cancelled', 'closed') then
        perform fail('SG409', 'incident_id', format('%s sudah %s; catat kejadian baru', v_target.number, case v_target.status when 'closed' then 'ditutup' else 'dibatalkan' end));
      end if;
      c.kind := coalesce(c.kind, 'real');
    end if;
    v_heads := v_target.id || incident_heads(v_target.id);
    v_counts := incident_counts(v_heads);
  end if;
  select * into pb from call_private where call_id = p_id for update;
  p := pb;
  if pb.erased_at is null then
    if p_input ? 'caller_name' then p.caller_name := p_input ->> 'caller_name'; end if;
    if p_input ? 'caller_number' and nullif(p_input ->> 'caller_number', '') is distinct from pb.caller_number then
      p.caller_number := nullif(p_input ->> 'caller_number', '');
      select * into v_known from number_known(p.caller_number, p_id, p_now, p_simulated);
      p.number_hash := v_known.hash; c.blocked_until := v_known.blocked_until; c.pranks_today := v_known.pranks_today; c.pranks_30d := v_known.pranks_30d;
    end if;
    if p_input ? 'address_text' then p.address_text := p_input ->> 'address_text'; end if;
    if p_input ? 'description' then p.description := p_input ->> 'description'; end if;
    if p_input ? 'lon' then p.location := st_setsrid(st_makepoint((p_input ->> 'lon')::float8, (p_input ->> 'lat')::float8), 4326); end if;
    if p_input ? 'accuracy_m' then p.accuracy_m := (p_input ->> 'accuracy_m')::float8; end if;
    if p is distinct from pb then
      update call_private set caller_name = p.caller_name, caller_number = p.caller_number, address_text = p.address_text, description = p.description,
        location = p.location, accuracy_m = p.accuracy_m, number_hash = p.number_hash where call_id = p_id;
    end if;
  end if;
  update call set kind = c.kind, answered_at = c.answered_at, answered_by = c.answered_by, ended_at = c.ended_at, number_hidden = c.number_hidden, incident_id = c.incident_id,
    blocked_until = c.blocked_until, pranks_today = c.pranks_today, pranks_30d = c.pranks_30d where id = p_id;

  if c is distinct from b or p is distinct from pb then
    v_seq := append_event('call.updated', p_actor, c.incident_id, p_now, p_now, c.simulated, jsonb_build_object(
      'before', jsonb_changed(call_json(b), call_json(c)), 'after', call_json(c), 'private', jsonb_strip_nulls(jsonb_build_object(
        'caller_name', private_digest(p.salt, nullif(p.caller_name, pb.caller_name)), 'caller_number', private_digest(p.salt, nullif(p.caller_number, pb.caller_number)),
        'address_text', private_digest(p.salt, nullif(p.address_text, pb.address_text)), 'description', private_digest(p.salt, nullif(p.description, pb.description)),
        'location', case when p.location is distinct from pb.location then private_digest(p.salt, st_astext(p.location, 7)) end))));
  end if;
  if v_heads is not null then
    v_seq := incident_tell(case when c.incident_id is null then 'incident.call_detached' else 'incident.call_attached' end, v_heads, v_counts, p_id, p_actor, p_now);
  end if;
  if b.kind in ('prank', 'ghost') and coalesce(c.kind, 'real') not in ('prank', 'ghost') then
    select id into v_block from number_block where call_id = p_id;
    if found then v_seq := (number_block_lift(v_block, null, p_actor, p_now, p_simulated) ->> 'seq')::bigint; end if;
  end if;
  if p.caller_number is distinct from pb.caller_number then v_seq := coalesce(device_location_claim(p_id, p_actor, p_now), v_seq); end if;
  return jsonb_build_object('call', call_json(c), 'seq', v_seq);
end $$;
