-- Lines of the log in order, by batches, for `npm run audit:verify`.
select seq, line, hash from event where seq > :since order by seq limit :limit
