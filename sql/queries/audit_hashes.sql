-- Hashes of the lines whose numbers are given, as far as they are there. Called by server/audit/anchors.ts.
select seq, hash from event where seq = any (:seqs::bigint[])
