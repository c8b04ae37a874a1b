-- Reports of each of these incidents: see sql/functions/incident_counts.sql. Called by server/verbs/find_duplicates.ts.
select incident_counts(:ids::uuid[]) as counts
