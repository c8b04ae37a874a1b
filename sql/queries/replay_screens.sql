-- What stood on the walls from :from to :to. Called by server/replay/past.ts.
select replay_screens(:from::timestamptz, :to::timestamptz) as spans
