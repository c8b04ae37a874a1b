-- Records that somebody saw the personal data of an incident, or of a call (the other one null).
insert into private_view (incident_id, call_id, actor, at) values (:incident_id::uuid, :call_id::uuid, :actor, :at::timestamptz)
