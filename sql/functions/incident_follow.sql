-- Derives an open incident's state from its assignments (README, "Definitions"): handling once one that was not called back is under way; resolved when none is
-- active and at least one is done; back to verified, with dispatched_at kept, when all were declined or cancelled.
create or replace function incident_follow(p_id uuid, p_at timestamptz) returns void language plpgsql as $$
declare
  v record;
begin
  select bool_or(active) as any_active, bool_or(status = 'done') as any_done, max(done_at) as last_done,
         min(coalesce(en_route_at, on_scene_at, done_at)) filter (where active or status = 'done') as first_under_way, min(coalesce(on_scene_at, done_at)) as first_on_scene
  into v from assignment where incident_id = p_id;
  update incident set
    handling_at = coalesce(handling_at, v.first_under_way), on_scene_at = coalesce(on_scene_at, v.first_on_scene),
    resolved_at = case when not v.any_active and v.any_done then v.last_done end,
    status = case
      when not v.any_active and v.any_done then 'resolved'
      when not v.any_active then 'verified'
      when v.first_under_way is not null then 'handling'
      else 'dispatched' end
  where id = p_id;
end $$;
