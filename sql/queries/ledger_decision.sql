-- One decision with everybody that was considered. Called by server/routes/ledger.ts.
select d.id, d.incident_id, i.number, d.made_at, d.actor, d.rule_version, d.routing, d.outcome, d.verdicts, d.chosen, d.candidates, d.reason_code,
  case when :words::boolean then d.override_reason end as reason_words, d.closures_in_force, d.considered
from dispatch_decision d join incident i on i.id = d.incident_id where d.id = :id::uuid and i.simulated = :simulated::boolean
