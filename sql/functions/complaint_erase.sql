-- Verb: name, contact and all words of a complaint go, with their salts (DELETE /api/complaints/:id/private): the digests in the log prove nothing any more.
-- States, times and figures stay. Erasing what is erased does nothing.
create or replace function complaint_erase(p_id uuid, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  c complaint;
begin
  select * into c from complaint where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'pengaduan tidak ditemukan'); end if;
  if c.open then perform fail('SG409', 'status', 'belum dijawab; tanpa data pengadu tidak ada yang dapat dijawab'); end if;
  if exists (select 1 from complaint_private where complaint_id = p_id and erased_at is not null) then return complaint_row(c); end if;
  update complaint_private set salt = null, name = null, contact = null, erased_at = p_now where complaint_id = p_id;
  update complaint_note set body = null, salt = null where complaint_id = p_id;
  update complaint set revision = revision + 1 where id = p_id returning * into c;
  perform append_event('complaint.erased', p_actor, null, p_now, p_now, c.simulated, jsonb_build_object('after', complaint_json(c)));
  return complaint_row(c);
end $$;
