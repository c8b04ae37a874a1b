-- Lets somebody in; only the hash of the secret comes here.
insert into credential (kind, secret_hash, role, label, agency_id, unit_id, parent_id, created_at, expires_at)
values (:kind, :secret_hash, :role, :label, :agency_id::uuid, :unit_id::uuid, :parent_id::uuid, :now::timestamptz, :expires_at::timestamptz) returning id
