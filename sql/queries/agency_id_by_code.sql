-- For `npm run token -- dispatcher --agency CODE`.
select id from agency where code = :code and active
