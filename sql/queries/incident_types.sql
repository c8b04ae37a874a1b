-- Types with their needs, and whether these are the program's own list; kebakaran first. The medians are added by server/city/incident_types.ts.
select t.code, t.name, t.name_en, t.letter, t.class, t.priority, t.on_scene_minutes,
  incident_needs_json(t.code) as needs, t.needs_set_at is null as needs_built_in
from incident_type t order by t.sort
