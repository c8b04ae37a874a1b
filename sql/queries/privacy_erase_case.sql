-- Verb: see sql/functions/privacy_erase_case.sql.
select privacy_erase_case(:id::uuid, :reason::text, :again::boolean, :actor, :now::timestamptz, :simulated::boolean) as answer
