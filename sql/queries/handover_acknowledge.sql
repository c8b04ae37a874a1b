-- Verb: see sql/functions/handover_acknowledge.sql.
select handover_acknowledge(:id::uuid, :revision::integer, :actor, :now::timestamptz, :simulated::boolean) as answer
