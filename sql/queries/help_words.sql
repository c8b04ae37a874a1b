-- What was asked and answered, in words; only for those who handle the case (routes/help.ts records the look).
select h.id, max(n.body) filter (where n.kind = 'help_asked') as asked, max(n.body) filter (where n.kind <> 'help_asked') as answered
from help_request h join incident_note n on n.help_request_id = h.id where h.incident_id = :id::uuid group by h.id
