-- Why a shape cannot close anything in this city, in words for people; null when it can. Called by closure_write and the queries closure_shape_fault and import_closure_faults.
create or replace function closure_shape_fault(p_geom geometry) returns text language plpgsql stable as $$
declare
  v_city box2d := (select st_extent(geom) from kelurahan);
begin
  if p_geom is null or st_isempty(p_geom) then return 'tanpa koordinat'; end if;
  if st_dimension(p_geom) = 1 and st_length(p_geom) = 0 then return 'garis tanpa panjang'; end if;
  if not st_isvalid(p_geom) then return 'bentuk tidak sah: ' || st_isvalidreason(p_geom); end if;
  if st_dimension(p_geom) = 2 and st_area(p_geom) = 0 then return 'bidang tanpa luas'; end if;
  if v_city is null then return null; end if;
  if not p_geom && st_setsrid(st_expand(v_city, 0.02)::geometry, 4326) then return 'di luar kota: tidak ada jalan kota di dekatnya'; end if;
  if not p_geom @ st_setsrid(st_expand(v_city, 1)::geometry, 4326) then return 'sebagian terlalu jauh di luar kota'; end if;
  return null;
end $$;
