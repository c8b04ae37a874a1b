-- Verb: see sql/functions/number_block_put.sql.
select number_block_put(:call_id::uuid, :hours::integer, :actor, :now::timestamptz, :simulated::boolean) as answer
