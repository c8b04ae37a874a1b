-- One geometry of a file to one that may stand in a layer: parsed, brought to WGS84, made valid, of the kind asked for.
-- Called by queries/import_prepare.sql.
-- p_text: GeoJSON geometry or WKT; p_epsg: its coordinates' EPSG code; p_kind: polygon | line | point | spot (point or polygon) | water | shape.
-- Answers geom (null when refused), what was repaired, why it was refused, and the middle of it. Never raises for bad input.
create or replace function import_geometry(p_text text, p_epsg integer, p_kind text)
returns table (geom geometry, repaired text, refused text, lon double precision, lat double precision) language plpgsql stable as $$
declare
  v geometry;
  v_all geometry;
  v_notes text[] := '{}';
  v_dimension integer := case p_kind when 'polygon' then 2 when 'line' then 1 when 'point' then 0 end;
begin
  refused := 'tanpa koordinat';
  if p_text is null or p_text in ('', 'null') then return next; return; end if;
  begin
    v := case when left(ltrim(p_text), 1) = '{' then st_geomfromgeojson(p_text) else st_geomfromtext(p_text) end;
  exception when others then
    refused := 'geometri tidak terbaca: ' || left(sqlerrm, 160); return next; return;
  end;
  if v is null or st_isempty(v) then return next; return; end if;
  if p_kind = 'spot' then v_dimension := case st_dimension(v) when 0 then 0 else 2 end; end if;
  if st_hasarc(v) then v := st_curvetoline(v); v_notes := v_notes || 'lengkung diluruskan'::text; end if;
  if st_zmflag(v) > 0 then v := st_force2d(v); v_notes := v_notes || 'ketinggian (Z/M) dibuang'::text; end if;
  begin
    v := st_setsrid(v, p_epsg);
    if p_epsg <> 4326 then v := st_transform(v, 4326); end if;
  exception when others then
    refused := format('tidak dapat diubah dari EPSG:%s: %s', p_epsg, left(sqlerrm, 160)); return next; return;
  end;
  if not (st_xmin(v) >= -180 and st_xmax(v) <= 180 and st_ymin(v) >= -90 and st_ymax(v) <= 90) then
    refused := format('koordinat di luar bumi (%s %s): lon dan lat tertukar, atau CRS salah?', round(st_xmin(v)::numeric, 3), round(st_ymin(v)::numeric, 3));
    return next; return;
  end if;
  if st_dimension(v) = 1 and st_length(v) = 0 then
    refused := format('tanpa panjang: semua titik di %s %s', round(st_xmin(v)::numeric, 6), round(st_ymin(v)::numeric, 6)); return next; return;
  end if;
  begin
    if not st_isvalid(v) then v_notes := v_notes || (st_isvalidreason(v)); v := st_makevalid(v); end if;
  exception when others then
    v_notes := v_notes || left(sqlerrm, 120);
    begin
      v := st_makevalid(v);
    exception when others then
      refused := 'geometri rusak: ' || left(sqlerrm, 160); return next; return;
    end;
  end;
  if v_dimension = 0 and st_geometrytype(v) <> 'ST_Point' then
    -- A symbol for an area or a cluster of points: a spot on it.
    if st_geometrytype(v) <> 'ST_MultiPoint' or st_numgeometries(v) > 1 then v_notes := v_notes || format('%s diganti satu titik padanya', st_geometrytype(v)); end if;
    v := st_pointonsurface(v);
  elsif v_dimension > 0 then
    v_all := v;
    v := st_collectionextract(v, v_dimension + 1);
    if st_isempty(v) then
      refused := format('%s, padahal lapis ini berisi %s', st_geometrytype(v_all), case v_dimension when 2 then 'bidang' else 'garis' end)
        || case when cardinality(v_notes) > 0 then format(' (%s)', array_to_string(v_notes, '; ')) else '' end;
      return next; return;
    end if;
    if st_numgeometries(v) < st_numgeometries(v_all) then v_notes := v_notes || 'bagian yang bukan jenisnya dibuang'::text; end if;
  elsif p_kind = 'water' and st_dimension(v) = 0 then
    refused := 'titik, padahal lapis ini berisi garis atau bidang'; return next; return;
  end if;
  if (st_dimension(v) = 2 and st_area(v) = 0) or (st_dimension(v) = 1 and st_length(v) = 0) then
    refused := 'tanpa luas atau panjang'; return next; return;
  end if;
  geom := v; repaired := nullif(array_to_string(v_notes, '; '), ''); refused := null;
  lon := (st_xmin(v) + st_xmax(v)) / 2; lat := (st_ymin(v) + st_ymax(v)) / 2;
  return next;
end $$;
