-- See sql/functions/ledger.sql. Called by server/routes/ledger.ts.
select ledger(:from::timestamptz, :to::timestamptz, :simulated::boolean, :rows, :words::boolean) as ledger
