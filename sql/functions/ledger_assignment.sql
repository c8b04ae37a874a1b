-- Every unit's assignment of [p_from, p_to): what was predicted (ETA + turnout, from notified) and what happened (notified to on scene).
-- state: 'arrived' is compared; 'open' is still under way; 'without_arrival' ended and nobody reported an arrival; 'queued' waited in line
-- for its first job, which no ETA knew of; 'unpriced' had no ETA. Called by ledger_accuracy.
create or replace function ledger_assignment(p_from timestamptz, p_to timestamptz, p_simulated boolean)
returns table (unit_id uuid, agency_id uuid, state text, predicted double precision, actual double precision) language sql stable parallel safe as $$
  select a.unit_id, a.agency_id,
    case
      when a.queued_behind is not null or a.promoted_at is not null then 'queued'
      when a.on_scene_at is null then case when a.active then 'open' else 'without_arrival' end
      when a.eta_seconds is null then 'unpriced'
      else 'arrived'
    end,
    a.eta_seconds + coalesce(a.turnout_seconds, 0), date_part('epoch', a.on_scene_at - a.notified_at)
  from incident i join assignment a on a.incident_id = i.id
  where i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated and a.unit_id is not null
$$;
