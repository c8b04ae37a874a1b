-- Which agencies or units (p_by) each incident was given to: once each, without those that declined or were called back. Called by stats_counted_sent.
create or replace function stats_sent(p_by text) returns table (incident_id uuid, key uuid) language sql stable parallel safe as $$
  select distinct a.incident_id, case p_by when 'agency' then a.agency_id when 'unit' then a.unit_id end
  from assignment a
  where a.status not in ('declined', 'cancelled') and (p_by = 'agency' or a.unit_id is not null)
$$;
