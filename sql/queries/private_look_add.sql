-- Records a look at personal data and of what kind it was (report, help, views …). :about: what was looked at when it is neither a case nor a call. Called by server/privacy/look.ts.
insert into private_view (incident_id, call_id, about, kind, actor, at) values (:incident_id::uuid, :call_id::uuid, :about::text, :kind, :actor, :at::timestamptz)
