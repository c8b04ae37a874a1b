-- Every active agency.
select id, code, name, kind, phone, tracked from agency where active order by code
