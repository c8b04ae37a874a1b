-- Takes the closures of one origin out of force: those that have begun end now, those to come are lifted. Answers how many.
-- Called by closure_rob, closure_rob_end and closure_import, which append to the log.
create or replace function closure_retire(p_origin text, p_now timestamptz, p_simulated boolean) returns integer language plpgsql as $$
declare
  v_n integer;
begin
  update closure set revision = revision + 1, ends_at = case when starts_at < p_now then p_now else ends_at end,
    deleted_at = case when starts_at < p_now then null else p_now end
  where origin = p_origin and simulated = p_simulated and deleted_at is null and ends_at > p_now;
  get diagnostics v_n = row_count;
  return v_n;
end $$;
