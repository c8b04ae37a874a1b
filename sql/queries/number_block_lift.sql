-- Verb: see sql/functions/number_block_lift.sql.
select number_block_lift(:id::uuid, :call_id::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
