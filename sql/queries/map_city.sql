-- The city's code and name, and the box of its kelurahan [west, south, east, north]. Called by server/map/store.ts.
select coalesce(s.value ->> 'code', '') as code, coalesce(s.value ->> 'name', '') as name, b.bounds
from (select array[st_xmin(e), st_ymin(e), st_xmax(e), st_ymax(e)] as bounds from (select st_extent(geom) as e from kelurahan) x) b
left join setting s on s.key = 'city'
