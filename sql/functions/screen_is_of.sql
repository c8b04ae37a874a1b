-- Whether a screen let in with p_credential (null: the demo's visitor) may read and write the settings of a row owned by p_owner: its own, or one
-- whose owner is let in no more. Sessions opened with one link or token are one owner.
create or replace function screen_is_of(p_owner uuid, p_credential uuid, p_now timestamptz) returns boolean language sql stable as $$
  select p_owner is null or p_owner is not distinct from (select coalesce(c.parent_id, c.id) from credential c where c.id = p_credential)
    or not exists (select 1 from credential o where o.id = p_owner and o.revoked_at is null and (o.expires_at is null or o.expires_at > p_now))
$$;
