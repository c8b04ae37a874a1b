-- Numbers of simulated cases that were closed in a period and whose callers were not asked yet. Called by server/demo/complaints.ts.
select i.number from incident i
where i.simulated and i.status = 'closed' and i.closed_at >= :from::timestamptz and i.closed_at < :to::timestamptz
  and not exists (select 1 from survey_invitation s where s.incident_id = i.id) order by i.number
