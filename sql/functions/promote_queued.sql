-- Units whose first job is over go on to what they stood in line for: it is their job now. Called with the incidents in line locked.
create or replace function promote_queued(p_units uuid[], p_simulated boolean, p_at timestamptz) returns void language sql as $$
  update assignment q set queued_behind = null, promoted_at = greatest(p_at, q.notified_at)
  where q.unit_id = any (p_units) and q.simulated = p_simulated and q.active and q.queued_behind is not null
    and not exists (select 1 from assignment a where a.unit_id = q.unit_id and a.simulated = p_simulated and a.active and a.queued_behind is null)
$$;
