-- Messages to the data centre, newest first; :status one of them, or null for all. Called by routes/outbox.ts and server/bin/outbox.ts.
select outbox_json(m) as message from outbox_message m
where m.simulated = :simulated::boolean and (:status::text is null or m.status = :status::text) order by m.ord desc limit :limit
