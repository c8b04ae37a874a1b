-- Verb: see sql/functions/alias_propose.sql.
select alias_propose(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
