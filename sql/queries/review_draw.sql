-- Verb: see sql/functions/review_draw.sql.
select review_draw(:month, :from::timestamptz, :to::timestamptz, :share::float8, :actor, :now::timestamptz, :simulated::boolean) as answer
