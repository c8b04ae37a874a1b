-- Open incidents that the demo itself recorded: in-process, or over HTTP with a token of its own (which older servers called by its id). Called by server/demo/live.ts.
select id from incident
where open and simulated and (created_by like 'demo:%'
  or created_by in (select role || ':' || left(id::text, 8) from credential where kind = 'token' and label = 'simulasi'))
