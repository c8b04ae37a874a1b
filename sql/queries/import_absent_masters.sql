-- The city's own (not built-in) rows that a replacing file lacks: they stay, and the report names them. Called by server/import/references.ts.
select 'agency' as layer, code from agency where not built_in and active and :agencies::text[] is not null and code <> all (:agencies::text[])
union all
select 'station', code from station where not built_in and active and :stations::text[] is not null and code <> all (:stations::text[])
union all
select 'unit', callsign from unit where not built_in and active and :units::text[] is not null and callsign <> all (:units::text[])
order by 1, 2
