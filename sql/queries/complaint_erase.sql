-- Verb: see sql/functions/complaint_erase.sql.
select complaint_erase(:id::uuid, :actor, :now::timestamptz, :simulated::boolean) as answer
