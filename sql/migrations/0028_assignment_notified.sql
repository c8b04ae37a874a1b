-- What was told in a period: figures of agencies, and arrivals against the model of coverage, look for it by its time.
create index assignment_notified on assignment (notified_at);
