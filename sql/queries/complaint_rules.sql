-- Deadlines and holidays. Called by server/routes/complaints.ts.
select complaint_rules_json() as rules
