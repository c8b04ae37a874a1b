-- Takes the counters of the WIB days a case touches before anything else, in the order every verb takes its locks (counter, then log): a case written
-- whole in one transaction and a call taken meanwhile then wait for each other in one direction only. Called by server/demo/write.ts.
insert into incident_counter (day, simulated, last)
select day, true, 0 from (select distinct (moment at time zone 'Asia/Jakarta')::date as day from unnest(:moments::timestamptz[]) as moment) days order by day
on conflict (day, simulated) do update set last = incident_counter.last
