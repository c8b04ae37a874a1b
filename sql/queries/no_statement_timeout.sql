-- For this transaction alone: what waits for another server's start, and holds others up, does so as long as that takes. Called by server/db/alone.ts.
select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)
