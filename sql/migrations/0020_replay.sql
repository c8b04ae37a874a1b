-- Replay: any past moment is read back from the log, the positions and the words of screens; these indexes make that a look-up, nothing is stored twice.

-- What the room was told, by when it was recorded: the head of the log at a moment. What the demo wrote with a passed clock is told to nobody.
create index event_told on event (recorded_at, seq) where actor not in ('demo:history', 'demo:opening');
-- Lines about no case, by their first word: closures, imports, needs, duty.
create index event_subject on event (split_part(kind, '.', 1), seq) where incident_id is null;
create index event_duty on event ((line::jsonb #>> '{body,after,id}'), seq) where kind = 'unit.duty';
-- Cases that were open at a moment.
create index incident_lifetime on incident using gist (tstzrange(least(created_at, coalesce(closed_at, ended_at)), coalesce(closed_at, ended_at), '[]'));
-- The last fix of a unit by then, and its fixes of a passage.
create index position_heard on position (unit_id, received_at);
