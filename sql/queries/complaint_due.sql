-- Verb: see sql/functions/complaint_due.sql.
select complaint_due(:id::uuid, :actor, :now::timestamptz) as answer
