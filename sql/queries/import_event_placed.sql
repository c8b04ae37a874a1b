-- Says in the log that incidents stand in other kelurahan than before, so that pictures of them are fetched anew. Called by server/import/tidy.ts.
select append_event('city.incidents_placed', :actor::text, null, :now::timestamptz, :now::timestamptz, false, jsonb_build_object('moved', :moved::integer)) as seq
