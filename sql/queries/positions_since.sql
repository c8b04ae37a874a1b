-- Latest fixes that came in after :since, for the live feed (also those another server took in).
select received_at::text, position_json(p) as position from unit_position p where received_at > :since::timestamptz and simulated = :simulated order by received_at
