-- When the oldest incident on record was received (null: there is none): from then on months can be compared. Called by server/stats/hotspot_history.ts.
select date_part('epoch', min(received_at)) * 1000 as since from incident where simulated = :simulated::boolean
