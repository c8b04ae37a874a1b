-- An account with what its role must be bound to checked: a dispatcher to an agency, a responder to a unit (and by it to the unit's
-- agency), nobody else to anything. SG422 names the field.
create or replace function account_bound(a account) returns account language plpgsql as $$
begin
  if a.role not in ('dispatcher', 'responder') and (a.agency_id is not null or a.unit_id is not null) then
    perform fail('SG422', case when a.unit_id is null then 'agency_id' else 'unit_id' end, 'hanya untuk dispatcher (OPD) dan responder (unit)');
  end if;
  if a.role = 'dispatcher' then
    if a.agency_id is null then perform fail('SG422', 'agency_id', 'dispatcher harus terikat pada satu OPD'); end if;
    if a.unit_id is not null then perform fail('SG422', 'unit_id', 'dispatcher terikat pada OPD, bukan pada unit'); end if;
    if not exists (select 1 from agency g where g.id = a.agency_id) then perform fail('SG422', 'agency_id', 'OPD tidak dikenal'); end if;
  elsif a.role = 'responder' then
    if a.unit_id is null then perform fail('SG422', 'unit_id', 'responder harus terikat pada satu unit'); end if;
    select u.agency_id into a.agency_id from unit u where u.id = a.unit_id;
    if not found then perform fail('SG422', 'unit_id', 'unit tidak dikenal'); end if;
  end if;
  return a;
end $$;
