-- When the newest simulated incident was received: up to there nothing is missing. Called by server/demo/history.ts.
select (select max(received_at)::text from incident where simulated) as last
