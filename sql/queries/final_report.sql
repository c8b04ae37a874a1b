-- The operator's final report of one case, if there is one; only for those who handle it (routes/final_reports.ts records the look).
select to_jsonb(r) - 'salt' as report from final_report r where r.incident_id = :id::uuid
