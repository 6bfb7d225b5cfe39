-- How often a worker held the share: what grows with each failed try is the wait before the next. Waiting is no try, so
-- the fence, which grows with that too, cannot count them.
alter table shares add column tries integer not null default 0;
