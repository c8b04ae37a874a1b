-- See sql/functions/screens_heard.sql. Called by server/live/screens.ts.
select screens_heard(:screens::jsonb, :spans::jsonb, make_interval(secs => :gap_seconds::double precision))
