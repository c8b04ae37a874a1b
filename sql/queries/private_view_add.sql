-- Records that somebody saw the personal data of an incident, or of a call (the other one null). Other kinds of look: private_look_add.sql.
insert into private_view (incident_id, call_id, actor, at, kind)
values (:incident_id::uuid, :call_id::uuid, :actor, :at::timestamptz, case when :call_id::uuid is null then 'case' else 'call' end)
