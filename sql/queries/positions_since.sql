-- Latest fixes that came in after :since by the database's clock, for the live feed (also those another server took in).
select taken_in_at::text, position_json(p) as position from unit_position p where taken_in_at > :since::timestamptz and simulated = :simulated order by taken_in_at
