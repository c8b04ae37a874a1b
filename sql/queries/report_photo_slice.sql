-- Bytes of one photo from :from (0: the first), at most :count: no statement takes long, however large the photo.
select substring(bytes from :from::integer + 1 for :count::integer) as slice from report_photo where id = :photo_id::uuid
