-- Verb: staged versions become the city's layers, with the master data beside them: one short transaction, whose length does
-- not depend on the number of rows. Called by queries/import_swap.sql (server/import/swap.ts).
-- p_version_ids: staging versions, one per layer. p_city {code, name} or null: kept. p_master: see import_master, or null.
-- p_built_in: the program's own city; it never takes the place of an imported layer.
-- p_closures: rows as closure_import takes them, of the world p_simulated, or null: those there stay.
-- Answers {seq, layers, master, closures}; seq is null when there was nothing to do for the city, closures (a line of the log of their own)
-- when there was nothing to do for them. SG409 when a version is not staged (any more).
create or replace function import_swap(
  p_import_id bigint, p_version_ids bigint[], p_city jsonb, p_master jsonb, p_built_in boolean, p_actor text, p_now timestamptz,
  p_closures jsonb, p_simulated boolean
) returns jsonb language plpgsql as $$
declare
  v_layers jsonb;
  v_master jsonb;
  v_seq bigint;
  v_closures bigint;
  v_ids bigint[];
begin
  -- The one lock that two imports meet at (readers pass); without it both could retire the same version.
  lock table layer_version in share row exclusive mode;
  if (select count(*) from layer_version where id = any (p_version_ids) and status = 'staging') <> cardinality(p_version_ids) then
    perform fail('SG409', 'version_ids', 'lapis yang disiapkan sudah tidak ada; jalankan impor lagi');
  end if;
  select coalesce(array_agg(v.id), '{}') into v_ids from layer_version v
  where v.id = any (p_version_ids)
    and not (p_built_in and exists (select 1 from layer_version l where l.layer = v.layer and l.status = 'live' and not l.built_in));

  update layer_version set status = 'retired'
  where (status = 'live' and layer in (select layer from layer_version where id = any (v_ids)))
     or (status = 'staging' and id = any (p_version_ids) and id <> all (v_ids));
  update layer_version set status = 'live' where id = any (v_ids);

  if p_city is not null and not (p_built_in and exists (select 1 from setting where key = 'city')) then
    insert into setting (key, value, updated_at) values ('city', p_city, p_now)
    on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at;
  end if;
  if p_master is not null then v_master := import_master(p_master, p_built_in, p_now); end if;

  update import_run set status = 'done', finished_at = p_now where id = p_import_id;
  select coalesce(jsonb_agg(jsonb_build_object('layer', layer, 'version_id', id, 'row_count', row_count, 'source', source) order by layer), '[]')
    into v_layers from layer_version where id = any (v_ids);
  if cardinality(v_ids) > 0 or exists (select 1 from jsonb_each(coalesce(v_master, '{}')) m where m.value <> '0') then
    v_seq := append_event('city.imported', p_actor, null, p_now, p_now, false,
      jsonb_build_object('import_id', p_import_id, 'built_in', p_built_in, 'layers', v_layers, 'master', v_master));
  end if;
  if p_closures is not null then v_closures := closure_import(p_closures, p_actor, p_now, p_simulated); end if;
  return jsonb_build_object('seq', v_seq, 'layers', v_layers, 'master', v_master, 'closures', v_closures);
end $$;
