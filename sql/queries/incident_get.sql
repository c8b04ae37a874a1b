-- One incident, whole, without personal data.
select incident_json(i) as incident from incident i where i.id = :id::uuid and i.simulated = :simulated::boolean
