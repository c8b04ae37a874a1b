-- The newest message of a case by its number or a message's id; a case that never ended has none (id null). Called by server/integrations/kominfo/preview.ts and routes/outbox.ts.
select i.id as incident_id, m.id, m.ord, m.reason from incident i
left join lateral (select * from outbox_message o where o.incident_id = i.id order by o.ord desc limit 1) m on true
where i.simulated = :simulated::boolean and (i.number = :key::text or i.id = (select incident_id from outbox_message where id::text = :key::text))
