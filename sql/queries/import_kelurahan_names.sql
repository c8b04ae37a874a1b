-- Codes and names that a row of another layer may name a kelurahan by. Called by server/import/neighbourhoods.ts.
select code, name from kelurahan order by code
