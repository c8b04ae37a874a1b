-- Leases of a server that is gone are void: on the embedded database there is one server. Called by server/integrations/kominfo/sender.ts at the start.
update outbox_message set claim = null, leased_until = null where status = 'pending' and leased_until is not null
