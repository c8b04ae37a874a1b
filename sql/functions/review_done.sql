-- Verb: the Kabid is through with a case, or opens it again (PATCH /api/reviews/:id). What is so already stays so, without a line.
create or replace function review_done(p_id uuid, p_status text, p_actor text, p_now timestamptz, p_simulated boolean) returns jsonb language plpgsql as $$
declare
  r review_case;
begin
  select * into r from review_case where id = p_id and simulated = p_simulated for update;
  if not found then perform fail('SG404', 'id', 'kasus tinjauan tidak ditemukan'); end if;
  if r.status <> p_status then
    update review_case set status = p_status, done_at = case p_status when 'done' then p_now end, done_by = case p_status when 'done' then p_actor end where id = p_id returning * into r;
    perform append_event(case p_status when 'done' then 'review.done' else 'review.reopened' end, p_actor, r.incident_id, p_now, p_now, r.simulated,
      jsonb_build_object('after', jsonb_build_object('id', r.id, 'status', r.status)));
  end if;
  return jsonb_build_object('id', r.id, 'status', r.status, 'done_at', r.done_at, 'done_by', r.done_by);
end $$;
