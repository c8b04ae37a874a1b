-- Makes sure that every incident which units stand in line for is among the locked ones (p_locked). One that joined the line while
-- the caller waited for its locks is not: the statement is undone and runs again (server/db/database.ts).
create or replace function line_locked(p_waiting uuid[], p_locked uuid[]) returns void language plpgsql as $$
begin
  if not p_waiting <@ p_locked then raise exception using errcode = '40001', message = 'a unit joined a line meanwhile'; end if;
end $$;
