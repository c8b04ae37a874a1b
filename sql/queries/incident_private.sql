-- Personal data of one incident; only for those who handle the case (routes/incidents.ts records the look).
select caller_name, caller_number, address_text, description, erased_at from incident_private where incident_id = :id::uuid
