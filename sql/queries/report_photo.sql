-- One photo with its bytes; only for those who handle the case (routes/photos.ts records the look).
select kind, number, bytes from report_photo where incident_id = :id::uuid and id = :photo_id::uuid
