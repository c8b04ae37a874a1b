-- When the database took a unit's latest fix in, by its own clock: servers, whose clocks differ, find by it what another one wrote (queries/positions_since.sql).
create or replace function unit_position_taken_in() returns trigger language plpgsql as $$
begin
  new.taken_in_at := clock_timestamp();
  return new;
end $$;

create or replace trigger unit_position_taken_in before insert or update on unit_position for each row execute function unit_position_taken_in();
