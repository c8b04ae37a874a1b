-- The decisions of [p_from, p_to), by received_at of their incident as every figure of a period; real and simulated never mix.
-- Candidates are left where they are: they are long, and nothing here needs them. Called by ledger.
create or replace function ledger_decision(p_from timestamptz, p_to timestamptz, p_simulated boolean)
returns table (
  id uuid, incident_id uuid, number text, incident_type text, made_at timestamptz, actor text, outcome text, verdicts jsonb, chosen jsonb,
  reason_code text, reason_words text, routing text, rule_version text, considered integer, closures_in_force integer
) language sql stable parallel safe as $$
  select d.id, i.id, i.number, i.incident_type, d.made_at, d.actor, coalesce(d.outcome, 'unknown'), coalesce(d.verdicts, '[]'), d.chosen,
    -- A reason kept before there was a list stands for itself.
    coalesce(d.reason_code, case when d.override_reason is not null then 'lainnya' end), d.override_reason,
    d.routing, d.rule_version, d.considered, d.closures_in_force
  from incident i join dispatch_decision d on d.incident_id = i.id
  where i.received_at >= p_from and i.received_at < p_to and i.simulated = p_simulated
$$;
