-- Records that somebody saw who complained and what was said. Called by server/routes/complaints.ts.
insert into private_view (complaint_id, actor, at, kind) values (:id::uuid, :actor, :at::timestamptz, 'complaint')
