-- What a month's records are worth: of all cases received in [:from, :to) those cancelled and merged; of the incidents (neither) how well
-- each was located, entered and followed; of the calls those of a hidden number. Called by server/stats/evaluation.ts.
with entered as (
  select i.*, s.id is not null as counted, s.agent_state, s.opd_state
  from incident i left join stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s on s.id = i.id
  where i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz and i.simulated = :simulated::boolean
), heard as (
  select count(*)::integer as calls, count(*) filter (where number_hidden)::integer as hidden_calls
  from call where rang_at >= :from::timestamptz and rang_at < :to::timestamptz and simulated = :simulated::boolean
)
select count(entered.id)::integer as entered, count(*) filter (where status = 'cancelled')::integer as cancelled,
  count(*) filter (where status = 'duplicate')::integer as duplicate, count(*) filter (where status = 'handed_over')::integer as handed_over,
  count(*) filter (where counted)::integer as n, count(*) filter (where counted and open)::integer as open,
  count(*) filter (where counted and accuracy_m <= 50)::integer as within_50, count(*) filter (where counted and accuracy_m > 50 and accuracy_m <= 200)::integer as within_200,
  count(*) filter (where counted and accuracy_m > 200 and accuracy_m <= 1000)::integer as within_1000, count(*) filter (where counted and accuracy_m > 1000)::integer as beyond_1000,
  count(*) filter (where counted and not inside_city)::integer as outside, count(*) filter (where counted and inside_city and kelurahan_code is null)::integer as without_kelurahan,
  count(*) filter (where counted and late_entry)::integer as late_entries, count(*) filter (where counted and offline_entry)::integer as offline_entries,
  count(*) filter (where counted and without_call)::integer as without_call,
  count(*) filter (where agent_state = 'missing')::integer as agent_missing, count(*) filter (where opd_state = 'missing')::integer as opd_missing,
  count(*) filter (where counted and status in ('resolved', 'closed') and dispatched_at is not null and on_scene_at is null)::integer as arrival_missing,
  count(*) filter (where counted and status = 'closed' and not exists (select 1 from final_report r where r.incident_id = entered.id))::integer as unreported,
  count(*) filter (where counted and status = 'closed')::integer as closed,
  min(heard.calls) as calls, min(heard.hidden_calls) as hidden_calls
from heard left join entered on true
