-- Verb: see sql/functions/supervision_rule_put.sql.
select supervision_rule_put(:key, :value::jsonb, :actor, :now::timestamptz) as answer
