-- Who saw the words of reasons: one look at each incident that has some. :decision_id null: of the whole period. Called by server/routes/ledger.ts.
insert into private_view (incident_id, actor, at, kind)
select distinct i.id, :actor::text, :at::timestamptz, 'reason' from incident i join dispatch_decision d on d.incident_id = i.id
where d.override_reason is not null and i.simulated = :simulated::boolean
  and case when :decision_id::uuid is null then i.received_at >= :from::timestamptz and i.received_at < :to::timestamptz and (:rows = 'all' or coalesce(d.outcome, 'unknown') = :rows)
    else d.id = :decision_id::uuid end
