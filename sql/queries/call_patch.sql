-- Verb: see sql/functions/call_patch.sql.
select call_patch(:id::uuid, :input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
