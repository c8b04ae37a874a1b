-- What became of one try, by who holds its lease (:claim): :outcome 'sent', 'dead', or 'pending' (again at :next_try_at). What is not sent and has a newer
-- one of its case behind it is superseded. An acknowledged body is a look at the case. Called by server/integrations/kominfo/sender.ts.
with done as (
  update outbox_message m set
    status = case when :outcome <> 'sent' and exists (select 1 from outbox_message n where n.incident_id = m.incident_id and n.ord > m.ord) then 'superseded' else :outcome end,
    tries = m.tries + :counted::integer, next_try_at = coalesce(:next_try_at::timestamptz, m.next_try_at), claim = null, leased_until = null,
    last_try_at = :now::timestamptz, last_status = :last_status::integer, last_error = :last_error::text,
    sent_at = case when :outcome = 'sent' then :now::timestamptz else m.sent_at end
  where m.id = :id::uuid and m.claim = :claim::uuid
  returning m.incident_id, m.status
), look as (
  insert into private_view (incident_id, actor, at, kind) select incident_id, 'integration:kominfo', :now::timestamptz, 'sent' from done where status = 'sent'
)
select status from done
