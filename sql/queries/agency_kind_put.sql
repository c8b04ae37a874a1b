-- Verb: see sql/functions/agency_kind_put.sql.
select agency_kind_put(:kind, :limit::integer, :built_in::boolean, :actor, :now::timestamptz) as answer
