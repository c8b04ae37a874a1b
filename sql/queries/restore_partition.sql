-- The statement that makes one partition as a backup tells of it. Called by server/backup/load.ts.
select format('create table if not exists %I partition of %I for values from (%L) to (%L)', :name::text, :parent::text, :from::text, :to::text) as statement
