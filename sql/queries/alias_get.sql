-- One name that was proposed, accepted or rejected. Called by server/verbs/decide_alias.ts.
select alias_json(a) as alias from alias a where a.id = :id::uuid and a.simulated = :simulated::boolean
