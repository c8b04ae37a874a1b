-- The groups of p_by (geo/wire/performance.ts) in their order, with their names in Indonesian: what stands in a table without a case too. Agencies and units out
-- of use stand `in_use` false. None for operators. Called by queries/stats_performance.sql.
create or replace function stats_groups(p_by text) returns table (key text, name text, ord bigint, in_use boolean) language sql stable as $$
  select g.key, g.name, row_number() over (order by g.place, g.key), g.in_use
  from (
    select 'total' as key, 'Seluruh kota' as name, '' as place, true as in_use where p_by = 'total'
    union all select t.code, t.name, lpad(t.sort::text, 6, '0'), true from incident_type t where p_by = 'incident_type'
    union all select p::text, 'Prioritas ' || p, p::text, true from generate_series(1, 4) p where p_by = 'priority'
    union all select k.code, k.name, k.code, true from kelurahan k where p_by = 'kelurahan'
    union all select k.kecamatan_code, min(k.kecamatan), k.kecamatan_code, true from kelurahan k where p_by = 'kecamatan' group by 1
    union all select s.key, s.name, s.place, true
      from (values ('pagi', 'Pagi 08.00-16.00', '1'), ('sore', 'Sore 16.00-23.00', '2'), ('malam', 'Malam 23.00-08.00', '3')) s (key, name, place) where p_by = 'shift'
    union all select h::text, lpad(h::text, 2, '0') || '.00-' || lpad((h + 1)::text, 2, '0') || '.00', lpad(h::text, 2, '0'), true
      from generate_series(0, 23) h where p_by = 'hour'
    union all select d.day::text, d.name, d.day::text, true
      from unnest(array['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu']) with ordinality d (name, day) where p_by = 'weekday'
    union all select a.id::text, a.name, a.code, a.active from agency a where p_by = 'agency'
    union all select u.id::text, u.callsign, u.callsign, u.active from unit u where p_by = 'unit'
  ) g
$$;
