-- Verb: see sql/functions/alias_add.sql.
select alias_add(:input::jsonb, :actor, :now::timestamptz, :simulated::boolean) as answer
