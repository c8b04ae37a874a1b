-- Types with their needs; kebakaran first. The medians are added by server/city/types.ts.
select t.code, t.name, t.name_en, t.letter, t.class, t.priority, t.on_scene_minutes,
  coalesce((select jsonb_agg(jsonb_build_object('agency_kind', n.agency_kind, 'capability', n.capability, 'quantity', n.quantity) order by n.ord)
            from incident_type_need n where n.incident_type = t.code), '[]') as needs
from incident_type t order by t.sort
