-- Lets somebody in; only the hash of the secret comes here.
insert into credential (kind, purpose, secret_hash, role, label, account_id, agency_id, unit_id, parent_id, created_at, expires_at, idle_seconds)
values (:kind, :purpose, :secret_hash, :role, :label, :account_id::uuid, :agency_id::uuid, :unit_id::uuid, :parent_id::uuid, :now::timestamptz,
  :expires_at::timestamptz, :idle_seconds::integer) returning id
