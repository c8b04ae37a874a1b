-- Incidents of a page. :status is 'open', one status, or null for all; :bbox [west, south, east, north] or null; :since by received_at.
select incident_json(i) as incident from incident i
where i.simulated = :simulated::boolean
  and (:status::text is null or (:status::text = 'open' and i.open) or i.status = :status::text)
  and (:since::timestamptz is null or i.received_at >= :since::timestamptz)
  and (:bbox::float8[] is null or st_intersects(i.location, st_makeenvelope((:bbox::float8[])[1], (:bbox::float8[])[2], (:bbox::float8[])[3], (:bbox::float8[])[4], 4326)))
order by i.received_at desc limit :limit
