-- The log goes on in another cluster or on another timeline (a standby was promoted, a copy restored): from here it has another id, since lines that some
-- screen was told of may be missing, and its next line says so. Called by server/live/hub.ts and at each start; of several servers one does it.
-- Answers the new id, null when nothing is new. The first time ever it only notes where the log lies.
create or replace function log_follow(p_now timestamptz) returns uuid language plpgsql as $$
declare
  v_here text := log_cluster();
  v_head log_head;
  v_id uuid := gen_random_uuid();
begin
  select * into v_head from log_head where id = 1 for update;
  if v_head.cluster is not distinct from v_here then return null; end if;
  if v_head.cluster is null then
    update log_head set cluster = v_here where id = 1;
    return null;
  end if;
  update log_head set cluster = v_here, log_id = v_id where id = 1;
  perform append_event('log.moved', 'system', null, p_now, p_now, false, jsonb_build_object(
    'before', jsonb_build_object('log_id', v_head.log_id, 'cluster', v_head.cluster, 'seq', v_head.seq),
    'after', jsonb_build_object('log_id', v_id, 'cluster', v_here)));
  return v_id;
end $$;
