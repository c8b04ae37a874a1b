-- The number (stats_code) of the stage asked for (p_stage 'agent', 'opd' or 'fire') of a row of stats_figure. A running one has its own, told apart by the bit
-- that no duration reaches; geo/stats/stage_code.ts reads it. Called by the queries stats_cells.sql and stats_points.sql.
create or replace function stats_stage_code(
  p_stage text, p_agent integer, p_agent_now integer, p_opd integer, p_opd_now integer, p_fire integer, p_fire_now integer
) returns integer language sql immutable parallel safe as $$
  select case p_stage
    when 'agent' then coalesce(p_agent_now | 1073741824, p_agent)
    when 'opd' then coalesce(p_opd_now | 1073741824, p_opd)
    else coalesce(p_fire_now | 1073741824, p_fire)
  end
$$;
