-- Verb: see sql/functions/staff_erase.sql.
select staff_erase(:code, :actor, :now::timestamptz, :simulated::boolean) as answer
