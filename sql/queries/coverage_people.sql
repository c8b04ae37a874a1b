-- People of each kelurahan with the year they were counted. Called by server/city/coverage.ts.
select code, population, population_year from kelurahan order by code
