-- Whether this session now holds what one of all servers does; it keeps it until it ends. Called by server/jobs/one_of_all.ts.
select pg_try_advisory_lock(hashtext('siaga'), hashtext(:name::text)) as mine
