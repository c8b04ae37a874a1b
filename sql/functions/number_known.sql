-- What is known of a number as it calls: its hash, until when it is blocked, and its earlier calls that were prank or ghost (of the WIB day,
-- of 30 days), p_call left out. All null for what is no number.
create or replace function number_known(p_number text, p_call uuid, p_now timestamptz, p_simulated boolean,
  out hash text, out blocked_until timestamptz, out pranks_today integer, out pranks_30d integer) language plpgsql stable as $$
begin
  hash := number_hash(p_number);
  if hash is null then return; end if;
  select b.expires_at into blocked_until from number_block b where b.number_hash = hash and b.simulated = p_simulated and b.expires_at > p_now;
  select count(*) filter (where c.rang_at >= date_trunc('day', p_now at time zone 'Asia/Jakarta') at time zone 'Asia/Jakarta'), count(*)
    into pranks_today, pranks_30d
  from call_private p join call c on c.id = p.call_id
  where p.number_hash = hash and c.id <> p_call and c.simulated = p_simulated and c.kind in ('prank', 'ghost') and c.rang_at > p_now - interval '30 days';
end $$;
