-- Verb: an admin has messages to the data centre sent again (POST /api/outbox/:id/replay, /api/outbox/replay; npm run outbox). p_id: one that is dead, or
-- was sent and is the newest of its case; null: every dead one. It keeps its id. Answers the messages.
create or replace function outbox_replay(p_id uuid, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  m outbox_message;
  v_done jsonb;
begin
  if p_id is not null then
    select * into m from outbox_message where id = p_id and simulated = p_simulated for update;
    if not found then perform fail('SG404', 'id', 'pesan tidak ditemukan'); end if;
    if m.status = 'pending' then perform fail('SG409', 'id', 'pesan ini masih menunggu dikirim'); end if;
    if exists (select 1 from outbox_message n where n.incident_id = m.incident_id and n.ord > m.ord) then
      perform fail('SG409', 'id', 'ada pesan yang lebih baru dari kasus ini; kirim ulang yang itu');
    end if;
  end if;
  with again as (
    update outbox_message o set status = 'pending', tries = 0, next_try_at = p_now, claim = null, leased_until = null
    where o.simulated = p_simulated and case when p_id is null then o.status = 'dead' else o.id = p_id end
    returning o.*)
  select coalesce(jsonb_agg(outbox_json(a::outbox_message) order by a.ord), '[]') into v_done from again a;
  if v_done <> '[]' then
    perform append_event('outbox.replayed', p_actor, case when p_id is not null then m.incident_id end, p_now, p_now, p_simulated,
      jsonb_build_object('before', '{}'::jsonb, 'after', '{}'::jsonb, 'messages', (select jsonb_agg(x -> 'id') from jsonb_array_elements(v_done) x)));
  end if;
  return v_done;
end $$;
