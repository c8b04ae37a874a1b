-- Incidents per WIB month of [:from, :to), months without one left out, and when records begin (null: there are none). Called by
-- server/stats/evaluation.ts.
select (select min(i.received_at) from incident i where i.simulated = :simulated::boolean) as records_since,
  coalesce((select jsonb_object_agg(m.month, m.n) from (
    select to_char(s.received_at at time zone 'Asia/Jakarta', 'YYYY-MM') as month, count(*)::integer as n
    from stats_incident(:from::timestamptz, :to::timestamptz, :now::timestamptz, :simulated::boolean) s group by 1) m), '{}') as months
