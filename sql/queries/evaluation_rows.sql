-- The incidents of [:from, :to), a row each, without anything of persons: neither place, words nor number beyond the case's own. Called by
-- server/routes/evaluation.ts.
select i.number, i.incident_type, t.name as type_name, i.priority, i.status, k.code as kelurahan_code, k.name as kelurahan, k.kecamatan,
  i.accuracy_m, i.received_at, i.verified_at, i.dispatched_at, i.on_scene_at, i.resolved_at, i.late_entry,
  s.agent_state, s.agent_seconds, s.agent_seconds > stats_limit_seconds('agent') as agent_late,
  s.opd_state, s.opd_seconds, s.opd_seconds > stats_limit_seconds('opd') as opd_late
from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s
join incident i on i.id = s.id join incident_type t on t.code = i.incident_type left join kelurahan k on k.code = i.kelurahan_code
order by i.received_at, i.number
