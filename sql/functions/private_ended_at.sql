-- Since when a case has been over as far as erasing goes: the end of the case it was merged into, else its own. Null: nothing of it may be
-- erased, because it (or that case) is open, or a hold stands on one of those merged with it.
create or replace function private_ended_at(i incident) returns timestamptz language sql stable as $$
  select case when i.open or h.open or exists (
      select 1 from incident_hold k where k.lifted_at is null and (k.incident_id = i.id or incident_head(k.incident_id) = h.id)) then null
    else coalesce(h.closed_at, h.ended_at) end
  from incident h where h.id = case when i.duplicate_of is null then i.id else incident_head(i.id) end
$$;
