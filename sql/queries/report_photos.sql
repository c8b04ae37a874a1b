-- Photos of all reports on one case, without their bytes; only for those who handle it.
select report_photo_json(p) as photo from report_photo p where p.incident_id = :id::uuid order by p.agency_id, p.number
