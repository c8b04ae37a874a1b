-- One call with what its caller said and where the phone says it is; only for those who handle calls (routes/calls.ts records the look).
select call_private_json(c) as call from call c where c.id = :id::uuid and c.simulated = :simulated::boolean
