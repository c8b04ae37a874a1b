-- Final reports of the OPD on one case; only for those who handle it (routes/reports.ts records the look).
select to_jsonb(r) - 'salt' as report from agency_report r where r.incident_id = :id::uuid order by r.written_at
