-- Messages that are due, oldest first, leased to :claim for :lease_ms: of one case only the oldest that is owed. Two servers that claim at once get
-- different ones. Called by server/integrations/kominfo/sender.ts.
with due as (
  select m.id from outbox_message m
  where m.status = 'pending' and m.simulated = :simulated::boolean and m.next_try_at <= :now::timestamptz
    and (m.leased_until is null or m.leased_until <= :now::timestamptz)
    and not exists (select 1 from outbox_message e where e.incident_id = m.incident_id and e.status = 'pending' and e.ord < m.ord)
  order by m.ord limit :limit for update skip locked
)
update outbox_message o set claim = :claim::uuid, leased_until = :now::timestamptz + :lease_ms::float8 * interval '1 ms' from due where o.id = due.id
returning o.id, o.ord, o.incident_id, o.reason, o.tries
