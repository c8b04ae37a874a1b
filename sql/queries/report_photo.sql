-- What one photo is and how long; only for those who handle the case (routes/photos.ts records the look).
select kind, number, octet_length(bytes) as size_bytes from report_photo where incident_id = :id::uuid and id = :photo_id::uuid
