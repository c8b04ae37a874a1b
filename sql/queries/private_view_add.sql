-- Records that somebody saw an incident's personal data.
insert into private_view (incident_id, actor, at) values (:incident_id::uuid, :actor, :at::timestamptz)
