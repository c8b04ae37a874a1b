-- Every active post.
select station_json(s) as station from station s where s.active order by s.code
