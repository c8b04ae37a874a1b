-- Verb: see sql/functions/privacy_hold_put.sql.
select privacy_hold_put(:id::uuid, :reason::text, :actor, :now::timestamptz, :simulated::boolean) as answer
