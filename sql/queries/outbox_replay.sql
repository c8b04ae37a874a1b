-- Verb: see sql/functions/outbox_replay.sql.
select outbox_replay(:id::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
