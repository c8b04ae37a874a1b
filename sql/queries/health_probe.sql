-- Whether this is our database and how it stands, asked each second or two by probes: the head of its log, its clock, the hash of the functions
-- it was brought to, and whether it takes writes. Called by server/health/probe.ts.
select h.seq, to_jsonb(clock_timestamp()) #>> '{}' as clock, (select m.hash from schema_migration m where m.name = 'functions') as functions_hash,
  pg_is_in_recovery() as standby
from log_head h where h.id = 1
