-- See sql/functions/position_partitions.sql.
select position_partitions(:now::timestamptz, :keep_days::integer) as changed
