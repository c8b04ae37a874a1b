-- People of each kelurahan, with the year they were counted in; null where no import says. Called by server/city/coverage.ts and server/stats/evaluation.ts.
select code, population, population_year from kelurahan order by code
